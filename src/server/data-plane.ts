import { decide } from '../decide/decide.js';
import type { Reporter } from '../observe/reporter.js';
import type { Settings } from '../settings.js';
import type { AuthorizationBackend } from '../transport/grpc/authorization-service.js';
import type { GrpcRules } from '../transport/grpc/grpc-rules.js';
import { type GrpcListener, startGrpcServer } from '../transport/grpc/grpc-server.js';
import { HealthService } from '../transport/grpc/health-service.js';
import type { Authorizer } from '../transport/http/authorize.js';
import { type HttpListener, startHttpServer } from '../transport/http/server.js';
import { bound } from './start-error.js';

/** What requests are decided by, and who is told of it. */
export interface DataPlaneParts {
  /** The rules in force; asked once a request, and only after the start. */
  readonly current: () => GrpcRules;
  readonly reporter: Reporter;
}

/** The listeners that answer proxies. They know nothing of where rules come from. */
export class DataPlane {
  readonly #settings: Settings;
  readonly #parts: DataPlaneParts;
  readonly #health = new HealthService();
  #grpc: GrpcListener | undefined;
  #http: HttpListener | undefined;

  constructor(settings: Settings, parts: DataPlaneParts) {
    this.#settings = settings;
    this.#parts = parts;
  }

  /** Where it is bound, with the real ports; `null`: off. */
  get addresses(): { readonly grpc: string | null; readonly http: string | null } {
    return { grpc: this.#grpc?.address ?? null, http: this.#http?.address ?? null };
  }

  /**
   * To be called when rules are in force. What has started stays so when the rest fails, for `drain` to end it.
   *
   * @throws {StartError} (as a rejection) when an address cannot be bound.
   */
  async start(): Promise<void> {
    await this.#startGrpc();
    await this.#startHttp();
  }

  /** What the gRPC health service answers from now on. */
  setServing(serving: boolean): void {
    this.#health.setServing(serving);
  }

  /** Goes on serving, but each HTTP answer ends its connection. */
  retire(): void {
    this.#http?.retire();
  }

  /** Answers what is in flight, and cuts what is left after the deadline. */
  async drain(deadlineMs: number): Promise<void> {
    await Promise.all([this.#grpc?.drain(deadlineMs), this.#http?.drain(deadlineMs)]);
  }

  async #startGrpc(): Promise<void> {
    const { grpcListen, grpcReflection: reflection } = this.#settings;
    const { reporter } = this.#parts;
    const health = this.#health;
    const backend: AuthorizationBackend = {
      ...this.#decider(),
      observe: (decision, request, seconds) => reporter.decided(decision, 'grpc', seconds, request),
      badRequest: (problem) => reporter.badRequest('grpc', problem),
    };
    this.#grpc = await bound('grpcListen', grpcListen, (listen) =>
      startGrpcServer({ listen, health, reflection, backend }),
    );
  }

  async #startHttp(): Promise<void> {
    const { httpListen, debugHeaders } = this.#settings;
    const { reporter } = this.#parts;
    const authorizer: Authorizer = {
      ...this.#decider(),
      debugHeaders,
      observe: (decision, adapter, seconds) => reporter.decided(decision, adapter, seconds),
      badRequest: (adapter, problem) => reporter.badRequest(adapter, problem),
    };
    this.#http = await bound('httpListen', httpListen, (listen) => startHttpServer({ listen, authorizer }));
  }

  /** What both transports decide by. */
  #decider() {
    const { current, reporter } = this.#parts;
    return {
      decide,
      trustedHops: this.#settings.trustedHops,
      current,
      internalError: (error: unknown) => reporter.internalError(error),
    };
  }
}
