import { createServer as createNetServer, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { logVerbosity, Server, ServerCredentials, type ServerOptions, setLogVerbosity } from '@grpc/grpc-js';
import { bindServer, ListenError, removeStaleSocket } from '../bind-server.js';
import { formatListenAddress, type ListenAddress } from '../listen-address.js';
import {
  type AuthorizationBackend,
  authorizationDefinition,
  createAuthorizationService,
} from './authorization-service.js';
import { type GrpcConnectionObserver, GrpcConnections } from './grpc-connections.js';
import { type HealthService, healthDefinition } from './health-service.js';
import { reachHttp2 } from './http2-of-grpc.js';
import { addReflection } from './reflection.js';
import { resetLimit } from './reset-limit.js';

/** What a gRPC server serves. */
export interface GrpcServiceOptions {
  readonly backend: AuthorizationBackend;
  readonly health: HealthService;
  readonly reflection: boolean;
  readonly connections: GrpcConnectionSettings;
}

/** What clients may do with connections, and who is told of them. */
export interface GrpcConnectionSettings {
  /** Seconds after which a connection is retired, a tenth more or less; 0: never. */
  readonly maxAgeSeconds: number;
  /** Calls that a client may have open on one connection. */
  readonly maxConcurrentStreams: number;
  readonly observer: GrpcConnectionObserver & {
    /** The connections cannot be reached in this grpc-js: they are neither counted nor retired. */
    unreachable(): void;
  };
}

/** Where it listens, too. */
export interface GrpcServerOptions extends GrpcServiceOptions {
  /** Port 0: any free one. */
  readonly listen: ListenAddress;
}

/** A server that answers. */
export interface GrpcService {
  /**
   * Takes no new calls, finishes those in flight, and stops what is left at the deadline. Never rejects, and never
   * takes longer than that.
   */
  drain(deadlineMs: number): Promise<void>;
}

/** One that is listening. */
export interface GrpcListener extends GrpcService {
  /** The address as really bound: `127.0.0.1:54321`, `[::1]:54321` or `unix:/path`. */
  readonly address: string;
}

/** One whose connections another process accepts. */
export interface GrpcTaker extends GrpcService {
  take(connection: Socket): void;
}

const SERVER_OPTIONS: ServerOptions = {
  // Channelz keeps a record of every connection and puts a layer before every call; nobody asks for it here.
  'grpc.enable_channelz': 0,
  // gRPC's usual limit. A Check is about 1 KB; with_request_body or a hostile header list can make it far larger.
  'grpc.max_receive_message_length': 4 * 1024 * 1024,
  // A proxy's host that vanished sends no FIN: without pings its connections would stay for ever.
  'grpc.keepalive_time_ms': 60_000,
  'grpc.keepalive_timeout_ms': 20_000,
};

/** By then every proxy has given up the calls of a connection that it was asked to leave; watches of health have not. */
const graceMs = 5_000;

/**
 * Starts the gRPC server.
 *
 * @throws {ListenError} (as a rejection) when the address cannot be bound.
 */
export async function startGrpcServer(options: GrpcServerOptions): Promise<GrpcListener> {
  const parts = await createServer(options);
  const { server } = parts;
  const address = await bind(server, options.listen);
  return { address, drain: (deadlineMs) => drain(parts, deadlineMs, (leftMs) => server.drain(address, leftMs)) };
}

/** Serves gRPC on the connections that it is given. */
export async function takeGrpcConnections(options: GrpcServiceOptions): Promise<GrpcTaker> {
  const parts = await createServer(options);
  const injector = parts.server.createConnectionInjector(ServerCredentials.createInsecure());
  return {
    take: (connection) => injector.injectConnection(connection),
    drain: (deadlineMs) => drain(parts, deadlineMs, (leftMs) => injector.drain(leftMs)),
  };
}

interface ServerParts {
  readonly server: Server;
  readonly connections: GrpcConnections;
  readonly health: HealthService;
}

async function createServer({ backend, health, reflection, connections: settings }: GrpcServiceOptions) {
  // grpc-js writes lines of its own to stderr; what matters of them is handed over as errors.
  setLogVerbosity(logVerbosity.NONE);
  const { maxAgeSeconds, maxConcurrentStreams, observer } = settings;
  const server = new Server({ ...SERVER_OPTIONS, 'grpc.max_concurrent_streams': maxConcurrentStreams });
  const resets = resetLimit(process.version);
  const connections = new GrpcConnections({ maxAgeSeconds, resets: resets.rate, graceMs, observer });
  if (!reachHttp2(server, resets.options, (http2) => connections.follow(http2))) observer.unreachable();
  server.addService(authorizationDefinition, createAuthorizationService(backend));
  server.addService(healthDefinition, health.handlers);
  if (reflection) await addReflection(server);
  return { server, connections, health };
}

async function bind(server: Server, address: ListenAddress): Promise<string> {
  if (address.kind === 'unix') await removeStaleSocket(address);
  try {
    const port = await bindAsync(server, formatListenAddress(address));
    return formatListenAddress(address.kind === 'unix' ? address : { ...address, port });
  } catch (cause) {
    // grpc-js hands over the text of its error only, and texts are not to be compared: a bare server meets the same
    // obstacle and is told the system's code.
    const probe = createNetServer();
    await bindServer(probe, address);
    probe.close();
    throw new ListenError(address, cause as Error);
  }
}

/** The bound port. */
function bindAsync(server: Server, listen: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(listen, ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}

/**
 * First the connections, which end without losing a call. Then what grpc-js does by itself, for whatever it may have
 * kept: `goAway` destroys at the deadline what is still open, as `forceShutdown` sees nothing of it when channelz is off
 * (1.14.7), and `tryShutdown` has a history of waiting for ever, so it races with the deadline.
 */
async function drain(parts: ServerParts, deadlineMs: number, goAway: (leftMs: number) => void): Promise<void> {
  const { server, connections, health } = parts;
  const deadline = performance.now() + deadlineMs;
  health.setServing(false);
  health.endWatches();
  await connections.drain(deadlineMs);
  const leftMs = Math.max(0, deadline - performance.now());
  goAway(leftMs);
  const finished = new Promise<void>((resolve) => {
    server.tryShutdown(() => resolve());
  });
  const timer = new AbortController();
  await Promise.race([finished, delay(leftMs, undefined, { signal: timer.signal }).catch(() => undefined)]);
  timer.abort();
  server.forceShutdown();
}
