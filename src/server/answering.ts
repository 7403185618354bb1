import { decide } from '../decide/decide.js';
import type { CallReporter } from '../observe/call-reporter.js';
import type { Settings } from '../settings.js';
import type { AuthorizationBackend } from '../transport/grpc/authorization-service.js';
import type { GrpcRules } from '../transport/grpc/grpc-rules.js';
import type { GrpcConnectionSettings } from '../transport/grpc/grpc-server.js';
import type { Authorizer } from '../transport/http/authorize.js';
import type { HttpConnectionSettings } from '../transport/http/server.js';

/** What requests are decided by, and who is told of it. */
export interface AnsweringParts {
  /** The rules in force; asked once a request, and only when there are any. */
  readonly current: () => GrpcRules;
  readonly reporter: CallReporter;
}

/** What Checks are answered with. */
export function grpcBackend(settings: Settings, parts: AnsweringParts): AuthorizationBackend {
  const { reporter } = parts;
  return {
    ...decider(settings, parts),
    observe: (decision, request, seconds) => reporter.decided(decision, 'grpc', seconds, request),
    badRequest: (problem) => reporter.badRequest('grpc', problem),
  };
}

/** What calls under the HTTP contracts are answered with. */
export function httpAuthorizer(settings: Settings, parts: AnsweringParts): Authorizer {
  const { reporter } = parts;
  return {
    ...decider(settings, parts),
    debugHeaders: settings.debugHeaders,
    observe: (decision, adapter, seconds) => reporter.decided(decision, adapter, seconds),
    badRequest: (adapter, problem) => reporter.badRequest(adapter, problem),
  };
}

/** What holds for the connections of Checks, and who is told of them. */
export function grpcConnections(settings: Settings, { reporter }: AnsweringParts): GrpcConnectionSettings {
  const { maxConnectionAge: maxAgeSeconds, maxConcurrentStreams } = settings;
  return { maxAgeSeconds, maxConcurrentStreams, observer: reporter.connections('grpc') };
}

/** The same for those of calls under the HTTP contracts. */
export function httpConnections(settings: Settings, { reporter }: AnsweringParts): HttpConnectionSettings {
  return { maxAgeSeconds: settings.maxConnectionAge, observer: reporter.connections('http') };
}

/** What both transports decide by. */
function decider({ trustedHops }: Settings, { current, reporter }: AnsweringParts) {
  return { decide, trustedHops, current, internalError: (error: unknown) => reporter.internalError(error) };
}
