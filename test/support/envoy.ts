import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartedProcess } from './started-process.js';

/** A running Envoy. */
export interface Envoy {
  readonly process: StartedProcess;
  /** `host:port` of its listener. */
  readonly address: string;
  /** `host:port` of its admin interface. */
  readonly admin: string;
}

/**
 * Starts Envoy with a configuration text and waits until its listener takes connections, which is after the first
 * health check of each cluster. Listener and admin ports may be 0.
 */
export async function startEnvoy(binary: string, folder: string, configuration: string): Promise<Envoy> {
  const file = join(folder, 'envoy.yaml');
  const adminFile = join(folder, 'admin-address');
  writeFileSync(file, configuration);
  const options = [
    // Otherwise every Envoy of this machine shares one block of shared memory.
    '--disable-hot-restart',
    // Two workers: each has connections of its own, as in production.
    ...['--concurrency', '2'],
    // Access log lines are written every 10 s otherwise.
    ...['--file-flush-interval-msec', '100'],
    ...['--drain-time-s', '1', '--parent-shutdown-time-s', '2'],
  ];
  const envoy = new StartedProcess(binary, ['-c', file, '--admin-address-path', adminFile, ...options]);
  await envoy.waitFor((line) => (line.includes('starting workers') ? true : undefined));
  const admin = readFileSync(adminFile, 'utf8').trim();
  return { process: envoy, admin, address: await listenerAddress(admin) };
}

interface Listeners {
  readonly listener_statuses: readonly { readonly local_address: { readonly socket_address: SocketAddress } }[];
}

interface SocketAddress {
  readonly address: string;
  readonly port_value: number;
}

async function listenerAddress(admin: string): Promise<string> {
  const response = await fetch(`http://${admin}/listeners?format=json`);
  const { listener_statuses: listeners } = (await response.json()) as Listeners;
  const socket = listeners[0]?.local_address.socket_address;
  if (!socket) throw new Error('Envoy has no listener');
  return `${socket.address}:${socket.port_value}`;
}

/** One line of the access log that deploy/envoy/grpc.yaml writes. */
export type AccessLogLine = Readonly<Record<string, string | number | null>>;

/** Waits for the access log line of the request for `path`. */
export function accessLogLine(envoy: Pick<Envoy, 'process'>, path: string): Promise<AccessLogLine> {
  return envoy.process.waitFor((line) => {
    if (!line.startsWith('{')) return undefined;
    const entry = JSON.parse(line) as AccessLogLine;
    return entry['path'] === path ? entry : undefined;
  });
}
