import type { Client } from '@grpc/grpc-js';
import { decide } from '#refgate/decide/decide.js';
import type { AuthzRequest } from '#refgate/model/authz-request.js';
import type { Snapshot } from '#refgate/model/snapshot.js';
import { createGrpcRules, type GrpcRules } from '#refgate/transport/grpc/grpc-rules.js';
import { type GrpcListener, startGrpcServer } from '#refgate/transport/grpc/grpc-server.js';
import { HealthService } from '#refgate/transport/grpc/health-service.js';
import { type HttpListener, startHttpServer } from '#refgate/transport/http/server.js';
import { unlimited } from './connection-settings.js';
import { type CheckHttp, checkRequest } from './grpc-check-request.js';
import { metadataOf } from './grpc-check-response.js';
import { check, clientOf } from './grpc-service.js';
import { exchange } from './http-exchange.js';
import { type ContractName, callUnder } from './http-shim.js';

/** What a proxy is told, in the same words for every transport. */
export interface Told {
  readonly passes: boolean;
  readonly reason: string;
  readonly location: string;
}

/** The real listeners, deciding by whatever snapshot is put in force. */
export class RealTransports {
  readonly #rules: { current: GrpcRules };
  readonly #grpc: GrpcListener;
  readonly #http: HttpListener;
  readonly #client: Client;

  private constructor(rules: { current: GrpcRules }, grpc: GrpcListener, http: HttpListener) {
    this.#rules = rules;
    this.#grpc = grpc;
    this.#http = http;
    this.#client = clientOf(grpc.address);
  }

  static async start(snapshot: Snapshot): Promise<RealTransports> {
    const rules = { current: rulesOf(snapshot) };
    const backend = {
      trustedHops: 0,
      debugHeaders: true,
      decide,
      current: () => rules.current,
      observe: () => undefined,
      badRequest: () => undefined,
      internalError: (error: unknown) => {
        throw error;
      },
    };
    const health = new HealthService();
    const listen = { kind: 'tcp', host: '127.0.0.1', port: 0 } as const;
    const grpc = await startGrpcServer({ listen, backend, health, reflection: false, connections: unlimited });
    return new RealTransports(
      rules,
      grpc,
      await startHttpServer({ listen, authorizer: backend, connections: unlimited }),
    );
  }

  enforce(snapshot: Snapshot): void {
    this.#rules.current = rulesOf(snapshot);
  }

  async close(): Promise<void> {
    this.#client.close();
    await Promise.all([this.#grpc.drain(1_000), this.#http.drain(1_000)]);
  }

  /** As Envoy asks with `encode_raw_headers`, which keeps values of one name apart. */
  askByGrpc(request: AuthzRequest): Promise<Told> {
    const headers = headerLines(request).map(([key, value]) => ({ key, raw_value: Buffer.from(value) }));
    return this.#check(request, { headers: {}, header_map: { headers } });
  }

  /** As Envoy asks without it: one value a name, several joined by commas. */
  askByGrpcMap(request: AuthzRequest): Promise<Told> {
    return this.#check(request, {
      headers: Object.fromEntries([...request.headers].map(([name, values]) => [name, values.join(',')])),
    });
  }

  async #check(request: AuthzRequest, headers: Pick<CheckHttp, 'headers' | 'header_map'>): Promise<Told> {
    const { method, host, scheme, target: path, clientIp: address } = request;
    const http = { method, host, scheme, path, ...headers };
    const source = { address: { socket_address: { address, port_value: 50_000 } } };
    const answer = await check(this.#client, checkRequest(http, { source }));
    if (!('status' in answer)) throw new Error(`the call failed: ${JSON.stringify(answer)}`);
    const location = answer.denied_response?.headers?.find(({ header }) => header.key === 'location');
    return {
      // The decoder leaves out what is 0; that `status` itself is there is what makes it an allow.
      passes: answer.status !== undefined && (answer.status.code ?? 0) === 0,
      reason: String(metadataOf(answer)['reason']),
      location: location?.header.value ?? '',
    };
  }

  async askByHttp(contract: ContractName, request: AuthzRequest): Promise<Told> {
    const { method, host, scheme, target, clientIp } = request;
    const peer = [contract === 'nginx' ? 'X-Real-IP' : 'X-Forwarded-For', clientIp];
    const headers = [...peer, ...headerLines(request).flatMap(([name, value]) => [name, asLatin1(value)])];
    const answer = await exchange(this.#http.address, callUnder(contract, { method, host, scheme, target, headers }));
    return {
      passes: answer.status === 200,
      reason: String(answer.headers['x-refgate-reason']),
      location: answer.headers['location'] ?? '',
    };
  }
}

function rulesOf(snapshot: Snapshot): GrpcRules {
  return createGrpcRules(snapshot, { debugHeaders: true, trustedHops: 0 });
}

function headerLines({ headers }: AuthzRequest): (readonly [name: string, value: string])[] {
  return [...headers].flatMap(([name, values]) => values.map((value) => [name, value] as const));
}

/** Node writes header texts as Latin-1: one character a byte. */
function asLatin1(text: string): string {
  return Buffer.from(text).toString('latin1');
}
