import { decide } from '../decide/decide.js';
import type { CallReporter } from '../observe/call-reporter.js';
import type { Settings } from '../settings.js';
import type { AuthorizationBackend } from '../transport/grpc/authorization-service.js';
import type { GrpcRules } from '../transport/grpc/grpc-rules.js';
import type { Authorizer } from '../transport/http/authorize.js';

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

/** What both transports decide by. */
function decider({ trustedHops }: Settings, { current, reporter }: AnsweringParts) {
  return { decide, trustedHops, current, internalError: (error: unknown) => reporter.internalError(error) };
}
