import type { IncomingHttpHeaders } from 'node:http';
import type { Token } from '../settings/manage-settings.js';

/** A request whose token holds, body included. */
export interface RestCall {
  readonly method: string;
  /** By name in lower case. */
  readonly headers: IncomingHttpHeaders;
  readonly token: Token;
  /** Address of the other side of the connection. */
  readonly client: string;
  readonly body: Buffer | 'too-large';
}

/** A call about one policy. */
export interface PolicyCall extends RestCall {
  /** Percent-decoded; not necessarily one that a policy can have. */
  readonly name: string;
}
