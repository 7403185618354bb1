import { lstat, unlink } from 'node:fs/promises';
import { connect, type Server } from 'node:net';
import { formatListenAddress, type ListenAddress, type UnixAddress } from './listen-address.js';

/** A listener could not be bound. The message is one line that says which address and why. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  /** As the command line writes it. */
  readonly address: string;
  /** The system's code: `EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL`, `ENOTFOUND` and the like. */
  readonly code: string;

  constructor(address: ListenAddress, cause: NodeJS.ErrnoException) {
    const text = formatListenAddress(address);
    const code = cause.code ?? 'unknown';
    const reason = (address.kind === 'unix' ? socketReasons[code] : undefined) ?? reasons[code] ?? cause.message;
    super(`cannot listen on ${text}: ${reason} (${code})`, { cause });
    this.address = text;
    this.code = code;
  }
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the address is in use already',
  EACCES: 'permission denied',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'no such host name',
};

/** libuv says EACCES also where the folder is missing. */
const socketReasons: Readonly<Record<string, string>> = {
  EACCES: "permission denied, or the socket's folder does not exist",
};

/**
 * Binds a server and tells the address as really bound, with the port that the system chose for port 0.
 *
 * @throws {ListenError} (as a rejection) when the address cannot be bound.
 */
export async function bindServer(server: Server, address: ListenAddress): Promise<string> {
  if (address.kind === 'unix') await removeStaleSocket(address);
  try {
    await listen(server, address);
  } catch (error) {
    throw new ListenError(address, error as NodeJS.ErrnoException);
  }
  return boundAddress(server, address);
}

/**
 * Removes the socket file that a killed process left behind, so that a restart needs no hand. It stays where somebody
 * answers on it, and where the file is no socket: then binding fails with `EADDRINUSE`, as it should.
 */
export async function removeStaleSocket({ path }: UnixAddress): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isSocket() === true && !(await somebodyListens(path))) await unlink(path).catch(() => undefined);
}

function somebodyListens(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    const answer = (listens: boolean) => {
      probe.destroy();
      resolve(listens);
    };
    probe.once('connect', () => answer(true));
    // Refused: nobody. Any other failure (no permission, a full backlog) does not prove that.
    probe.once('error', (error: NodeJS.ErrnoException) => answer(error.code !== 'ECONNREFUSED'));
  });
}

function listen(server: Server, address: ListenAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.kind === 'unix' ? { path: address.path } : { host: address.host, port: address.port }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function boundAddress(server: Server, wanted: ListenAddress): string {
  const bound = server.address();
  if (wanted.kind === 'unix' || bound === null || typeof bound === 'string') return formatListenAddress(wanted);
  return formatListenAddress({ kind: 'tcp', host: bound.address, port: bound.port });
}
