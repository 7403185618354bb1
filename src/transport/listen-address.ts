/** Where a listener is bound: an address and port (0: any free one), or a Unix domain socket. */
export type ListenAddress = TcpAddress | UnixAddress;

/** A host and a port. */
export interface TcpAddress {
  readonly kind: 'tcp';
  /** A name or an IP address; an IPv6 address without its brackets. */
  readonly host: string;
  readonly port: number;
}

/** A Unix domain socket. */
export interface UnixAddress {
  readonly kind: 'unix';
  readonly path: string;
}

/** The address, `undefined` for `off`, or what is wrong with the text. */
export type ParsedListenAddress = { readonly value: ListenAddress | undefined } | { readonly problem: string };

const expected = 'expected host:port (such as 127.0.0.1:9191 or [::1]:9191), unix:/path or off';

/**
 * Reads a listen address. Good: `127.0.0.1:9191`, `localhost:0`, `[::]:9191`, `unix:/run/refgate.sock`, `off`.
 * Not good: `9191` and `:9191`, which other programs take for "on every interface" – here that has to be said.
 */
export function parseListenAddress(text: string): ParsedListenAddress {
  if (text === 'off') return { value: undefined };
  if (text.startsWith('unix:')) return parseUnix(text.slice('unix:'.length));
  const colon = text.lastIndexOf(':');
  const host = bareHost(text.slice(0, Math.max(colon, 0)));
  const port = text.slice(colon + 1);
  if (host === undefined) return { problem: `${expected}, got "${text}"` };
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    return { problem: `expected a port from 0 to 65535 after "${host}:", got "${port}"` };
  }
  return { value: { kind: 'tcp', host, port: Number(port) } };
}

/** The address as the command line writes it; the inverse of `parseListenAddress`. */
export function formatListenAddress(address: ListenAddress): string {
  if (address.kind === 'unix') return `unix:${address.path}`;
  const host = address.host.includes(':') ? `[${address.host}]` : address.host;
  return `${host}:${address.port}`;
}

/** Linux keeps a socket's path in 108 bytes, the closing zero included; a longer one is cut without an error. */
const longestSocketPath = 107;

function parseUnix(path: string): ParsedListenAddress {
  if (!path.startsWith('/')) return { problem: `expected an absolute path after "unix:", got "${path}"` };
  if (Buffer.byteLength(path) > longestSocketPath) {
    return { problem: `the socket's path has more than ${longestSocketPath} bytes: "${path}"` };
  }
  return { value: { kind: 'unix', path } };
}

/** Without the brackets of an IPv6 address, which need be there: `::1:9191` could be read in two ways. */
function bareHost(text: string): string | undefined {
  const bracketed = /^\[([0-9a-fA-F:.]+(?:%\w+)?)\]$/.exec(text)?.[1];
  if (bracketed !== undefined) return bracketed;
  return /^[^\s:[\]/]+$/.test(text) ? text : undefined;
}
