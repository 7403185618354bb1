import type { Place, RunningPeer } from '../peer.js';
import { socketAddress, startEnvoy, typed } from './envoy-process.js';

/** An Envoy that asks a server by ext_authz; without one, its filter is off. */
export function startAskingEnvoy(
  place: Place & { readonly binary: string },
  server: string | undefined,
): Promise<RunningPeer> {
  const parts =
    server === undefined
      ? { filters: () => [], clusters: [] }
      : { filters: () => [extAuthz], clusters: [cluster(server)] };
  return startEnvoy(place, parts);
}

/** As in deploy/envoy/grpc.yaml, but without `encode_raw_headers`: the small servers read the plain map of headers. */
const extAuthz = {
  name: 'ext_authz',
  typed_config: typed('envoy.extensions.filters.http.ext_authz.v3.ExtAuthz', {
    transport_api_version: 'V3',
    failure_mode_allow: false,
    status_on_error: { code: 'ServiceUnavailable' },
    allowed_headers: {
      patterns: [
        ...['referer', 'origin', 'user-agent', 'x-forwarded-for'].map((exact) => ({ exact, ignore_case: true })),
        { prefix: 'sec-fetch-', ignore_case: true },
      ],
    },
    grpc_service: { timeout: '0.2s', envoy_grpc: { cluster_name: 'service' } },
  }),
};

function cluster(address: string): object {
  const options = typed('envoy.extensions.upstreams.http.v3.HttpProtocolOptions', {
    explicit_http_config: { http2_protocol_options: { max_concurrent_streams: 1024 } },
  });
  return {
    name: 'service',
    type: 'STATIC',
    connect_timeout: '0.1s',
    typed_extension_protocol_options: { 'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': options },
    load_assignment: {
      cluster_name: 'service',
      endpoints: [{ lb_endpoints: [{ endpoint: { address: socketAddress(address) } }] }],
    },
  };
}
