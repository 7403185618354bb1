import type { AuthzRequest } from '../model/authz-request.js';
import type { Decision } from '../model/decision.js';
import type { RetirementReason } from '../model/retirement-reason.js';
import type { ConnectionTally, DecidingListener } from './connection-tally.js';
import { LogLimit } from './log-limit.js';
import type { LogFields, Logger } from './logger.js';
import type { Adapter } from './transports.js';

/** What counts calls. */
export interface CallCounter {
  readonly connections: ConnectionTally;
  decided(decision: Decision, adapter: Adapter, seconds: number): void;
  badRequest(adapter: Adapter): void;
  internalError(): void;
}

/** More than any policy has, and no more of a log line than that. */
const longestName = 200;

/** Tells log and metrics what becomes of calls: one method for each kind of event, so that neither is ever forgotten. */
export class CallReporter {
  readonly #log: Logger;
  readonly #counter: CallCounter;
  readonly #limit = new LogLimit();

  constructor(log: Logger, counter: CallCounter) {
    this.#log = log;
    this.#counter = counter;
  }

  decided(decision: Decision, adapter: Adapter, seconds: number, request?: AuthzRequest): void {
    this.#counter.decided(decision, adapter, seconds);
    if (decision.mode === 'shadow' && decision.action === 'deny') this.#shadowDeny(decision, adapter);
    if (decision.reason !== 'unknown_policy') return;
    const policy = (request?.policyName ?? '').slice(0, longestName);
    this.#sometimes('error', 'unknown_policy', `the proxy named the policy "${policy}", which does not exist`, {
      policy,
    });
  }

  /** A deny that nobody feels: without a line here, whoever tries a rule would see it in the metrics alone. */
  #shadowDeny({ policy, reason, refererHost, entry }: Decision, adapter: Adapter): void {
    const name = policy?.name ?? '';
    this.#sometimes('info', 'shadow_deny', `let pass what the policy ${name} denies: ${reason}`, {
      policy: name,
      reason,
      referer_host: refererHost,
      entry,
      adapter,
    });
  }

  badRequest(adapter: Adapter, problem: string): void {
    this.#counter.badRequest(adapter);
    this.#sometimes('warn', 'bad_request', `a call was refused: ${problem}`, { adapter, problem });
  }

  internalError(error: unknown): void {
    this.#counter.internalError();
    this.#sometimes('error', 'internal_error', 'a call failed by a fault of refgate', { err: error });
  }

  /** What a listener tells of its connections. */
  connections(listener: DecidingListener) {
    const tally = this.#counter.connections;
    return {
      opened: () => tally.opened(listener),
      closed: () => tally.closed(listener),
      callReset: () => tally.callReset(),
      retired: (reason: RetirementReason) => {
        tally.retired(listener, reason);
        if (reason === 'resets') this.#manyResets();
      },
      unreachable: () => {
        const message = 'this @grpc/grpc-js keeps its connections to itself: they are neither counted nor retired';
        this.#log.warn('connections_unreachable', message);
      },
    };
  }

  /** Harmless by itself, as nothing is lost, but a sign of something that is not. */
  #manyResets(): void {
    const message =
      'a proxy takes back many calls: its timeout is too short, refgate is too slow, or its clients abort';
    this.#sometimes('warn', 'many_resets', message, {});
  }

  /** Lines that every request can bring about are written once in a while, with the number of those left out. */
  #sometimes(level: 'info' | 'warn' | 'error', event: string, message: string, fields: LogFields): void {
    const held = this.#limit.admit(`${event} ${message}`);
    if (held !== undefined) this.#log[level](event, message, held === 0 ? fields : { ...fields, heldBack: held });
  }
}
