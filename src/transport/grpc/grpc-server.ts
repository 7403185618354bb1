import { createServer as createNetServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { logVerbosity, Server, ServerCredentials, type ServerOptions, setLogVerbosity } from '@grpc/grpc-js';
import { bindServer, ListenError, removeStaleSocket } from '../bind-server.js';
import { formatListenAddress, type ListenAddress } from '../listen-address.js';
import {
  type AuthorizationBackend,
  authorizationDefinition,
  createAuthorizationService,
} from './authorization-service.js';
import { type HealthService, healthDefinition } from './health-service.js';
import { addReflection } from './reflection.js';

/** What a gRPC server serves. */
export interface GrpcServiceOptions {
  readonly backend: AuthorizationBackend;
  readonly health: HealthService;
  readonly reflection: boolean;
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

/**
 * Starts the gRPC server.
 *
 * @throws {ListenError} (as a rejection) when the address cannot be bound.
 */
export async function startGrpcServer(options: GrpcServerOptions): Promise<GrpcListener> {
  const server = await createServer(options);
  const address = await bind(server, options.listen);
  return {
    address,
    drain: (deadlineMs) => drain(server, options.health, deadlineMs, () => server.drain(address, deadlineMs)),
  };
}

/** Serves gRPC on the connections that it is given. */
export async function takeGrpcConnections(options: GrpcServiceOptions): Promise<GrpcTaker> {
  const server = await createServer(options);
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  return {
    take: (connection) => injector.injectConnection(connection),
    drain: (deadlineMs) => drain(server, options.health, deadlineMs, () => injector.drain(deadlineMs)),
  };
}

async function createServer(options: GrpcServiceOptions): Promise<Server> {
  // grpc-js writes lines of its own to stderr; what matters of them is handed over as errors.
  setLogVerbosity(logVerbosity.NONE);
  const server = new Server(SERVER_OPTIONS);
  server.addService(authorizationDefinition, createAuthorizationService(options.backend));
  server.addService(healthDefinition, options.health.handlers);
  if (options.reflection) await addReflection(server);
  return server;
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
 * `goAway` sends GOAWAY and destroys at the deadline what is still open; it comes first, because grpc-js's `drain` loses
 * sight of connections that are closing already, and because `forceShutdown` sees none at all when channelz is off
 * (1.14.7). `tryShutdown` waits for the connections to end; it has a history of waiting for ever, so it races with the
 * deadline.
 */
async function drain(server: Server, health: HealthService, deadlineMs: number, goAway: () => void): Promise<void> {
  health.setServing(false);
  health.endWatches();
  const timer = new AbortController();
  goAway();
  const finished = new Promise<void>((resolve) => {
    server.tryShutdown(() => resolve());
  });
  const deadline = delay(deadlineMs, undefined, { signal: timer.signal }).catch(() => undefined);
  await Promise.race([finished, deadline]);
  timer.abort();
  server.forceShutdown();
}
