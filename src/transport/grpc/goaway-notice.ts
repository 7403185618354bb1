import { constants } from 'node:http2';

/**
 * "This connection will end; what you have sent is still answered": GOAWAY with the highest stream id there is and no
 * error, as RFC 9113 (section 6.8) has a server begin a graceful end. Frame header: length 8, type 7, no flags, stream 0.
 *
 * Bytes, because Node cannot send it: `session.goaway` makes nghttp2 ignore every stream that comes after it, so calls
 * that are on their way (a thousand a second on a connection, half a millisecond away: one in two times) would be
 * refused or hang. What Node writes to a socket are whole frames, and all that it has at a time, so that between two of
 * its writes is always a place for a frame of ours.
 */
export const goawayNotice = Buffer.from([
  ...[0, 0, 8, 7, 0, 0, 0, 0, 0],
  ...[0x7f, 0xff, 0xff, 0xff],
  ...[0, 0, 0, constants.NGHTTP2_NO_ERROR],
]);
