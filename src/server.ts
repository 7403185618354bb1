import { setTimeout as delay } from 'node:timers/promises';
import { decide } from './decide/decide.js';
import { createSnapshot } from './decide/snapshot.js';
import { ManagedFolderError } from './manage/policies/managed-folder.js';
import type { CompiledRules } from './model/snapshot.js';
import { createLogger, type Logger } from './observe/logger.js';
import { ManageReporter } from './observe/manage-reporter.js';
import { Metrics } from './observe/metrics.js';
import { Reporter } from './observe/reporter.js';
import { type LoadOptions, type LoadResult, loadRules } from './rules/load.js';
import type { Overlay } from './rules/read/overlay.js';
import { Reloader } from './rules/reload/reload.js';
import { SnapshotStore } from './rules/reload/store.js';
import { watchRules } from './rules/reload/watch.js';
import { formatRuleError, type RuleError } from './rules/rule-error.js';
import { Management, managementPlace } from './server/management.js';
import { flagName, type Settings } from './settings.js';
import { Readiness } from './transport/admin/readiness.js';
import { type AdminListener, startAdminServer } from './transport/admin/server.js';
import { ListenError } from './transport/bind-server.js';
import type { AuthorizationBackend } from './transport/grpc/authorization-service.js';
import { createGrpcRules, type GrpcRules } from './transport/grpc/grpc-rules.js';
import { type GrpcListener, startGrpcServer } from './transport/grpc/grpc-server.js';
import { HealthService } from './transport/grpc/health-service.js';
import type { Authorizer } from './transport/http/authorize.js';
import { type HttpListener, startHttpServer } from './transport/http/server.js';
import { version } from './version.js';

/** A service that answers. */
export interface RunningServer {
  /** Reads the management settings and the rules anew, at once. */
  reload(): void;
  /**
   * Ends it without losing what is in flight: not ready, then `drainSeconds` of serving on, then connections end. Takes
   * at most 5 seconds more than that.
   */
  stop(): Promise<void>;
}

/** Why the service did not start: each text is one line that says what to do about. */
export interface StartFailure {
  readonly problems: readonly string[];
}

/** After the drain: the time that calls in flight get, and then the rest. Together less than the 5 seconds promised. */
const forceAfterMs = 3_000;
const closeAfterMs = 1_000;

/**
 * Constructs the service and starts it. Whatever has started ends again when a later part fails.
 */
export async function startServer(settings: Settings): Promise<RunningServer | StartFailure> {
  const service = new Service(settings);
  try {
    await service.start();
    return service;
  } catch (error) {
    await service.close();
    if (error instanceof StartError) return { problems: error.problems };
    throw error;
  }
}

/** Carries a failure of one part out of the start; expected, and so never more than a `StartFailure` to the caller. */
class StartError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join('\n'), options);
    this.problems = problems;
  }
}

/** All parts of one service. `start` and `stop` are its two orders. */
class Service implements RunningServer {
  readonly #settings: Settings;
  readonly #log: Logger;
  readonly #metrics = new Metrics(version);
  readonly #reporter: Reporter;
  readonly #store: SnapshotStore<GrpcRules>;
  readonly #readiness = new Readiness(['rules', 'listeners']);
  readonly #health = new HealthService();
  readonly #reloader: Reloader<CompiledRules, RuleError, GrpcRules>;
  /** How to end what has started, in the order in which it started. */
  readonly #started: (() => Promise<void>)[] = [];
  #management: Management | undefined;
  #admin: AdminListener | undefined;
  #grpc: GrpcListener | undefined;
  #http: HttpListener | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#log = createLogger(settings.logLevel);
    this.#reporter = new Reporter(this.#log, this.#metrics);
    this.#store = new SnapshotStore((event) => this.#reporter.reloaded(event, this.#store.current?.snapshot));
    this.#reloader = new Reloader(this.#store, {
      load: () => this.#load(),
      seal: (rules: CompiledRules, generation) => seal(rules, generation, settings),
      format: formatRuleError,
    });
  }

  /**
   * First the management settings, which are quickly read and often wrong, then the admin port, so that probes are
   * answered while rules load, then the rules, then the listeners that decide by them and the one that changes them, and
   * last the word that all of it is there.
   */
  async start(): Promise<void> {
    await this.#readManagement();
    await this.#startAdmin();
    await this.#startRules();
    this.#readiness.isUp('rules');
    await this.#startGrpc();
    await this.#startHttp();
    await this.#startManagement();
    this.#health.setServing(true);
    this.#readiness.isUp('listeners');
    this.#log.announce('ready', 'answering', {
      grpc: this.#grpc?.address ?? null,
      http: this.#http?.address ?? null,
      admin: this.#admin?.address ?? null,
      manage: this.#management?.address ?? null,
      generation: this.#store.generation,
      pid: process.pid,
    });
  }

  /**
   * First the word that it ends, then the time in which proxies hear of it, then the listeners that decide, and last
   * the rules and the admin port, so that probes are answered to the end.
   */
  async stop(): Promise<void> {
    const { drainSeconds } = this.#settings;
    this.#log.info('draining', `serving on for ${drainSeconds} s, then ending`);
    this.#readiness.drains();
    this.#health.setServing(false);
    this.#http?.retire();
    this.#management?.retire();
    await delay(drainSeconds * 1_000);
    const listeners = [this.#grpc, this.#http, this.#management];
    await Promise.all(listeners.map((listener) => listener?.drain(forceAfterMs)));
    await Promise.race([this.close(), delay(closeAfterMs)]);
    this.#log.info('stopped', 'all connections have ended');
  }

  reload(): void {
    const settings = this.#management?.reload() ?? Promise.resolve();
    void settings.then(() => this.#reloader.now());
  }

  /** Ends what has started, the last first. */
  async close(): Promise<void> {
    for (const close of this.#started.splice(0).reverse()) await close();
  }

  async #readManagement(): Promise<void> {
    const place = managementPlace(this.#settings);
    if (place === undefined) return;
    if ('problems' in place) throw new StartError(place.problems);
    const read = await Management.read(place, {
      reporter: new ManageReporter(this.#log, this.#metrics),
      internalError: (error) => this.#reporter.internalError(error),
    });
    if ('problems' in read) throw new StartError(read.problems);
    this.#management = read;
  }

  async #startManagement(): Promise<void> {
    const management = this.#management;
    if (management === undefined) return;
    const rules = {
      load: (overlay: Overlay) => this.#load({ overlay }),
      reload: () => this.#reloader.now(),
      generation: () => this.#store.generation,
    };
    await bound('manageListen', management, () => management.start(rules));
    this.#started.push(() => management.drain(forceAfterMs));
  }

  async #startAdmin(): Promise<void> {
    const sources = {
      version,
      decide,
      readiness: this.#readiness,
      metrics: this.#metrics,
      current: () => this.#store.current,
      lastReload: () => this.#store.lastReload,
      internalError: (error: unknown) => this.#reporter.internalError(error),
    };
    const { adminListen } = this.#settings;
    this.#admin = await bound('adminListen', adminListen, (listen) => startAdminServer({ listen, sources }));
    this.#started.push(async () => this.#admin?.drain(closeAfterMs));
  }

  /** Watches first and loads then, so that no edit falls between the two. */
  async #startRules(): Promise<void> {
    this.#started.push(() => this.#reloader.close());
    const onError = (error: Error) => this.#reporter.watchFailed(error);
    const { rules, botRanges } = this.#settings;
    const directories = botRanges === undefined ? [rules] : [rules, botRanges];
    const watch = watchRules(directories, () => this.#reloader.hint(), { onError });
    this.#started.push(() => watch.close());
    await watch.ready;
    this.#reporter.loading(rules);
    const first = await this.#reloader.now();
    if (first.kind === 'rejected') throw new StartError(first.errors);
  }

  async #startGrpc(): Promise<void> {
    const { grpcListen, grpcReflection: reflection } = this.#settings;
    const health = this.#health;
    const backend: AuthorizationBackend = {
      ...this.#decider(),
      observe: (decision, request, seconds) => this.#reporter.decided(decision, 'grpc', seconds, request),
      badRequest: (problem) => this.#reporter.badRequest('grpc', problem),
    };
    this.#grpc = await bound('grpcListen', grpcListen, (listen) =>
      startGrpcServer({ listen, health, reflection, backend }),
    );
    this.#started.push(async () => this.#grpc?.drain(forceAfterMs));
  }

  async #startHttp(): Promise<void> {
    const { httpListen, debugHeaders } = this.#settings;
    const authorizer: Authorizer = {
      ...this.#decider(),
      debugHeaders,
      observe: (decision, adapter, seconds) => this.#reporter.decided(decision, adapter, seconds),
      badRequest: (adapter, problem) => this.#reporter.badRequest(adapter, problem),
    };
    this.#http = await bound('httpListen', httpListen, (listen) => startHttpServer({ listen, authorizer }));
    this.#started.push(async () => this.#http?.drain(forceAfterMs));
  }

  /** Where rules are written by API, a folder without any is no mistake: the first one may come that way. */
  #load(more: Pick<LoadOptions, 'overlay'> = {}): Promise<LoadResult> {
    const { rules, botRanges, manageListen } = this.#settings;
    return loadRules(rules, { botRanges, allowEmpty: manageListen !== undefined, ...more });
  }

  /** What both transports decide by. They start when the first rules are in force. */
  #decider() {
    return {
      decide,
      trustedHops: this.#settings.trustedHops,
      current: () => this.#store.current as GrpcRules,
      internalError: (error: unknown) => this.#reporter.internalError(error),
    };
  }
}

/** Everything that requests are answered by, made of rules once and then immutable. */
function seal(rules: CompiledRules, generation: number, settings: Settings): GrpcRules {
  const { defaultAction, shadow, cacheEntries, debugHeaders, trustedHops } = settings;
  const snapshot = createSnapshot(rules, { generation, defaultAction, shadow, cacheEntries });
  return createGrpcRules(snapshot, { debugHeaders, trustedHops });
}

/** Starts a listener unless it is off, and names the flag when its address cannot be had. */
async function bound<Address, Listener>(
  flag: keyof Settings,
  address: Address | undefined,
  listen: (address: Address) => Promise<Listener>,
): Promise<Listener | undefined> {
  try {
    return address === undefined ? undefined : await listen(address);
  } catch (error) {
    if (error instanceof ManagedFolderError) throw new StartError([error.message], { cause: error });
    if (!(error instanceof ListenError)) throw error;
    throw new StartError([`${error.message}; give another address by --${flagName(flag)}`], { cause: error });
  }
}
