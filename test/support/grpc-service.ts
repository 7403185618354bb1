import { Client, type ClientOptions, credentials, type ServiceError, status } from '@grpc/grpc-js';
import type { AuthzRequest } from '#refgate/model/authz-request.js';
import type { Decision } from '#refgate/model/decision.js';
import type { AuthorizationBackend } from '#refgate/transport/grpc/authorization-service.js';
import { createGrpcRules } from '#refgate/transport/grpc/grpc-rules.js';
import {
  type GrpcConnectionSettings,
  type GrpcListener,
  startGrpcServer,
} from '#refgate/transport/grpc/grpc-server.js';
import { HealthService } from '#refgate/transport/grpc/health-service.js';
import { type ListenAddress, parseListenAddress } from '#refgate/transport/listen-address.js';
import { unlimited } from './connection-settings.js';
import { decodeResponse, type OfficialResponse } from './grpc-check-response.js';
import { decisionOf, FORBIDDEN, policyOf, REDIRECT } from './grpc-snapshot.js';
import { undecidingSnapshot } from './policy-builder.js';

const images = policyOf('images', 0, FORBIDDEN);
const moved = policyOf('moved', 1, REDIRECT);
const snapshot = undecidingSnapshot([images, moved]);

/** What the backend was told. */
export interface Told {
  readonly requests: AuthzRequest[];
  readonly problems: string[];
  readonly errors: unknown[];
}

/**
 * Decides by the Referer alone, since this is about the transport: shop.example passes, two values or none are denied,
 * `moved` as the named policy redirects, and a host of `crash.example` throws.
 */
function decide(request: AuthzRequest): Decision {
  if (request.host === 'crash.example') throw new Error('decide failed');
  const policy = request.policyName === 'moved' ? moved : images;
  const [referer, second] = request.headers.get('referer') ?? [];
  const passes = second === undefined && (referer?.startsWith('https://shop.example/') ?? false);
  return decisionOf({
    policy,
    passes,
    action: passes ? 'allow' : 'deny',
    reason: passes ? 'allow_list' : 'not_in_allow_list',
  });
}

export interface RunningService {
  readonly listener: GrpcListener;
  readonly health: HealthService;
  readonly told: Told;
}

export async function startService(
  options: { listen?: string; reflection?: boolean; trustedHops?: number; connections?: GrpcConnectionSettings } = {},
): Promise<RunningService> {
  const told: Told = { requests: [], problems: [], errors: [] };
  const health = new HealthService();
  const { listen = '127.0.0.1:0', reflection = false, trustedHops = 0, connections = unlimited } = options;
  const backend = backendOf(told, trustedHops);
  const listener = await startGrpcServer({ listen: addressOf(listen), backend, health, reflection, connections });
  return { listener, health, told };
}

/** What a server decides by, and tells. */
export function backendOf(
  told: Told = { requests: [], problems: [], errors: [] },
  trustedHops = 0,
): AuthorizationBackend {
  const rules = createGrpcRules(snapshot, { debugHeaders: false, trustedHops });
  return {
    trustedHops,
    current: () => rules,
    decide: (_snapshot, request) => decide(request),
    observe: (_decision, request) => told.requests.push(request),
    badRequest: (problem) => told.problems.push(problem),
    internalError: (error) => told.errors.push(error),
  };
}

function addressOf(text: string): ListenAddress {
  const parsed = parseListenAddress(text);
  if ('problem' in parsed || parsed.value === undefined) throw new Error(`no address: ${text}`);
  return parsed.value;
}

export function clientOf(address: string, options: ClientOptions = {}): Client {
  return new Client(address, credentials.createInsecure(), options);
}

/** Sends bytes as a Check, as they are; the answer decoded by the official protos, or the error of the call. */
export function check(client: Client, bytes: Buffer): Promise<OfficialResponse | ServiceError> {
  const path = '/envoy.service.auth.v3.Authorization/Check';
  const asIs = (buffer: Buffer): Buffer => buffer;
  return new Promise((resolve) => {
    client.makeUnaryRequest(path, asIs, decodeResponse, bytes, (error, response) => {
      resolve(error ?? response ?? ({ code: status.UNKNOWN, details: 'neither error nor response' } as ServiceError));
    });
  });
}
