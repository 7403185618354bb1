import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freeAddress } from '../../../support/listen-on.js';
import type { Place, RunningPeer } from '../peer.js';
import { firstLine, lineWith, startPinned } from '../pinned-process.js';

/** What an Envoy is told. Plain JSON, in the form of Envoy's API. */
export interface EnvoyParts {
  /** Filters before the router, for a list of names. */
  filters(names: readonly string[]): readonly object[];
  readonly clusters: readonly object[];
}

export interface EnvoyPlace extends Place {
  readonly binary: string;
}

/**
 * An Envoy that answers itself, without an origin. Its listener is in a file that it watches, so that a change needs
 * no restart; connections from before the change are drained, new ones have the new list.
 */
export async function startEnvoy(place: EnvoyPlace, { filters, clusters }: EnvoyParts): Promise<RunningPeer> {
  const address = await freeAddress();
  const file = (name: string): string => join(place.folder, name);
  const write = (name: string, names: readonly string[]): void =>
    writeFileSync(file(name), JSON.stringify(discovery(address, filters(names))));
  write('listeners.json', place.names);
  writeFileSync(file('envoy.json'), JSON.stringify(bootstrap(file('listeners.json'), clusters)));
  const options = ['--disable-hot-restart', '--concurrency', '1', '--drain-time-s', '1', '--log-level', 'warning'];
  const configured = ['-c', file('envoy.json'), ...options, '--component-log-level', 'config:info'];
  const envoy = startPinned(place.cpus, place.binary, configured);
  await firstLine(envoy, place.bound, lineWith('starting workers'));
  return {
    address,
    pid: envoy.pid,
    prepare: async (names) => {
      write('next.json', names);
      return async () => renameSync(file('next.json'), file('listeners.json'));
    },
    stop: async () => {
      await envoy.stop('SIGKILL');
    },
  };
}

/** An address in Envoy's words. */
export function socketAddress(address: string): object {
  const [host, port] = address.split(':');
  return { socket_address: { address: host, port_value: Number(port) } };
}

/** A message in a field of any type. */
export function typed(type: string, fields: object): object {
  return { '@type': `type.googleapis.com/${type}`, ...fields };
}

function bootstrap(listeners: string, clusters: readonly object[]): object {
  return {
    node: { id: 'bench', cluster: 'bench' },
    admin: { address: socketAddress('127.0.0.1:0') },
    dynamic_resources: { lds_config: { path_config_source: { path: listeners }, resource_api_version: 'V3' } },
    static_resources: { clusters },
  };
}

function discovery(address: string, filters: readonly object[]): object {
  const manager = typed('envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager', {
    stat_prefix: 'ingress',
    route_config: {
      virtual_hosts: [
        {
          name: 'all',
          domains: ['*'],
          routes: [{ match: { prefix: '/' }, direct_response: { status: 200 } }],
        },
      ],
    },
    http_filters: [
      ...filters,
      { name: 'router', typed_config: typed('envoy.extensions.filters.http.router.v3.Router', {}) },
    ],
  });
  const listener = typed('envoy.config.listener.v3.Listener', {
    name: 'ingress',
    address: socketAddress(address),
    filter_chains: [{ filters: [{ name: 'http', typed_config: manager }] }],
  });
  return { resources: [listener] };
}
