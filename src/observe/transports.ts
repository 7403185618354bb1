/** Ways in which decisions are asked for. */
export const transports = ['grpc', 'nginx', 'forward', 'envoy'] as const;

/** Ways in which requests are asked about. `http`: a call under none of the HTTP contracts. */
export type Adapter = (typeof transports)[number] | 'http';

/** All of them. */
export const adapters: readonly Adapter[] = [...transports, 'http'];
