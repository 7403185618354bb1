import { performance } from 'node:perf_hooks';
import { type ServerUnaryCall, type ServiceDefinition, type sendUnaryData, status } from '@grpc/grpc-js';
import type { AuthzRequest } from '../../model/authz-request.js';
import type { Decision } from '../../model/decision.js';
import type { Snapshot } from '../../model/snapshot.js';
import { type CheckProblem, decodeCheck } from './decode-check.js';
import type { GrpcRules } from './grpc-rules.js';

/** What answering a Check needs of the rest of the program. */
export interface AuthorizationBackend {
  readonly trustedHops: number;
  current(): GrpcRules;
  decide(snapshot: Snapshot, request: AuthzRequest): Decision;
  /** Told of every decision that was answered, for metrics and logs. */
  observe(decision: Decision, request: AuthzRequest, seconds: number): void;
  /** Told of every request that could not be decided because of what it holds. */
  badRequest(problem: string): void;
  /** Told of every error of our own, for the log. */
  internalError(error: unknown): void;
}

const passThrough = (bytes: Buffer): Buffer => bytes;

/**
 * `envoy.service.auth.v3.Authorization` on plain Buffers. The handler decodes, because grpc-js turns a throw of the
 * deserialiser into INTERNAL, and bytes that are no CheckRequest are INVALID_ARGUMENT.
 */
export const authorizationDefinition = {
  Check: {
    path: '/envoy.service.auth.v3.Authorization/Check',
    requestStream: false,
    responseStream: false,
    requestSerialize: passThrough,
    requestDeserialize: passThrough,
    responseSerialize: passThrough,
    responseDeserialize: passThrough,
    originalName: 'check',
  },
} satisfies ServiceDefinition;

/** Handlers of `authorizationDefinition`. */
export function createAuthorizationService(backend: AuthorizationBackend): {
  Check(call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>): void;
} {
  return {
    Check({ request }, callback) {
      const answer = check(backend, request);
      if (Buffer.isBuffer(answer)) callback(null, answer);
      else callback(answer);
    },
  };
}

/** Why a Check has no answer: an RPC error, which a proxy handles by its `failure_mode_allow`. */
interface CheckFailure {
  readonly code: status;
  readonly details: string;
}

/**
 * Decode, decide, encode. Fails closed: whatever throws on the way becomes INTERNAL, never an empty answer, since Envoy
 * reads an empty CheckResponse as an allow.
 */
function check(backend: AuthorizationBackend, bytes: Buffer): Buffer | CheckFailure {
  try {
    const start = performance.now();
    const { snapshot, answers, headers } = backend.current();
    const request = decodeCheck(bytes, { headers, trustedHops: backend.trustedHops });
    if (isProblem(request)) {
      backend.badRequest(request.problem);
      return { code: status.INVALID_ARGUMENT, details: request.problem };
    }
    const decision = backend.decide(snapshot, request);
    const answer = answers.encode(decision);
    backend.observe(decision, request, (performance.now() - start) / 1000);
    return answer;
  } catch (error) {
    backend.internalError(error);
    return { code: status.INTERNAL, details: 'the request could not be decided; the log of refgate says why' };
  }
}

function isProblem(request: AuthzRequest | CheckProblem): request is CheckProblem {
  return 'problem' in request;
}
