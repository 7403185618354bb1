import { lookup } from 'node:dns/promises';
import { createServer, isIP, type Server } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { bindServer, ListenError } from '../transport/bind-server.js';
import { type ListenAddress, parseListenAddress } from '../transport/listen-address.js';
import type { ConnectionShare } from './connection-share.js';

/** A listener of the primary whose connections the workers answer. */
export interface SharedListener {
  /** Where it is bound, with the real port. */
  readonly address: string;
  /** Accepts no more; fulfilled when the last connection that has arrived is handed over. */
  close(): Promise<void>;
}

/**
 * Binds an address once for all workers; of a name such as `localhost` all addresses, as gRPC does. It stays bound
 * whatever becomes of the workers, and is free at once when the primary dies, since none of them holds it.
 *
 * @throws {ListenError} (as a rejection) when the address cannot be bound.
 */
export async function startSharedListener(listen: ListenAddress, share: ConnectionShare): Promise<SharedListener> {
  const accept = () =>
    // Paused: what this process read of a connection, the worker would not find.
    createServer({ pauseOnConnect: true, noDelay: true }, (socket) => {
      // A client that goes away on the way to a worker. The worker finds a connection that has ended.
      socket.on('error', () => undefined);
      share.give(socket);
    });
  const first = accept();
  const [host, ...others] = await hostsOf(listen);
  const address = await bindServer(first, host);
  const servers = [first];
  for (const other of others) {
    const server = accept();
    if (await isBound(server, { ...other, port: portOf(address) })) servers.push(server);
  }
  return { address, close: () => close(servers, share) };
}

type Hosts = readonly [ListenAddress, ...Extract<ListenAddress, { kind: 'tcp' }>[]];

/** The addresses that a name stands for. One that stands for none is left to the listener to complain about. */
async function hostsOf(listen: ListenAddress): Promise<Hosts> {
  if (listen.kind === 'unix' || isIP(listen.host) !== 0) return [listen];
  const found = await lookup(listen.host, { all: true }).catch(() => []);
  const [first, ...others] = found.map(({ address }) => ({ ...listen, host: address }));
  return first === undefined ? [listen] : [first, ...others];
}

/** `localhost` is often written down for IPv6 where there is none. */
async function isBound(server: Server, address: ListenAddress): Promise<boolean> {
  try {
    await bindServer(server, address);
    return true;
  } catch (error) {
    if (error instanceof ListenError && error.code === 'EADDRNOTAVAIL') return false;
    throw error;
  }
}

function portOf(address: string): number {
  const parsed = parseListenAddress(address);
  return 'value' in parsed && parsed.value?.kind === 'tcp' ? parsed.value.port : 0;
}

/** Closing resets what waits in the kernel's queue; a turn of the event loop accepts it. */
async function close(servers: readonly Server[], share: ConnectionShare): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await nextTurn();
  // Their callback waits for connections that are the workers' by now.
  for (const server of servers) server.close();
  share.close();
}
