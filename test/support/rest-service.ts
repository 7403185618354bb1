import { type Agent, createServer } from 'node:http';
import type { AuditSource, Refusal } from '#refgate/manage/audit.js';
import type { AuthenticationFailure } from '#refgate/manage/manage-context.js';
import type { ManagedPolicies, PolicyDifference } from '#refgate/manage/policies/managed-policies.js';
import type { RequestLimits } from '#refgate/manage/request-limits.js';
import { openApiDocument } from '#refgate/manage/rest/openapi/document.js';
import { createRestApi } from '#refgate/manage/rest/rest-api.js';
import type { RestContext } from '#refgate/manage/rest/rest-context.js';
import type { ManageSettings } from '#refgate/manage/settings/manage-settings.js';
import { type Answer, exchange } from './http-exchange.js';
import { listenOn } from './listen-on.js';
import { manageSettings } from './manage-settings.js';
import { type ManagedRules, manageRules } from './managed-rules.js';
import { OpenApiCheck } from './openapi-check.js';
import { RulesDir } from './rules-dir.js';

/** One answer, read. */
export interface RestAnswer extends Answer {
  /** The body as JSON; `undefined` where there is none. */
  readonly json: unknown;
}

/** What is sent: a body that is no text is sent as JSON. */
export interface RestQuestion {
  /** `null`: none. Default: the editor's. */
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Default: a connection of its own. */
  readonly agent?: Agent;
}

/** One line of the audit log. */
export type AuditLine = AuditSource & ({ changes: readonly PolicyDifference[]; generation: number } | Refusal);

/** Parts of the service that a test puts in the place of the real ones. */
export interface RestParts {
  readonly settings?: Partial<ManageSettings>;
  readonly limits?: Partial<RequestLimits>;
  readonly policies?: Partial<ManagedPolicies>;
}

/** Everything that was asked of any REST API in this process, held against the document. */
export const openApiCheck = new OpenApiCheck(openApiDocument());

/** The REST API over real policies, behind a server of its own on a free port. */
export class RestService {
  readonly rules: ManagedRules;
  readonly audit: AuditLine[] = [];
  readonly failures: AuthenticationFailure[] = [];
  readonly faults: unknown[] = [];
  address = '';
  readonly #server = createServer();
  readonly #closers: (() => Promise<void>)[] = [];

  private constructor(rules: ManagedRules) {
    this.rules = rules;
  }

  static async start(dir: string, parts: RestParts = {}): Promise<RestService> {
    const rules = await manageRules(dir);
    const service = new RestService(rules);
    const api = await createRestApi(service.#context(dir, parts));
    service.#server.on('request', api.handle);
    service.address = await listenOn(service.#server, '127.0.0.1:0');
    service.#closers.push(api.close, () => rules.reloader.close());
    return service;
  }

  /** Asks, and holds request and answer against the OpenAPI document. */
  ask(method: string, path: string, question: RestQuestion = {}): Promise<RestAnswer> {
    return askRest(this.address, method, path, question);
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    for (const close of this.#closers) await close();
  }

  #context(rules: string, { settings, limits, policies }: RestParts): RestContext {
    const inForce = { ...manageSettings(), tokens, ...settings };
    return {
      rules,
      ask: this.rules.ask,
      settings: () => inForce,
      policies: { ...bound(this.rules.policies), ...policies },
      audit: {
        changed: (by, changes, generation) => void this.audit.push({ ...by, changes, generation }),
        refused: (by, refusal) => void this.audit.push({ ...by, ...refusal }),
      },
      limits: { admit: () => true, admitFailure: () => true, ...limits },
      nonces: { take: () => 'fresh' },
      now: () => new Date(),
      authenticationFailed: (failure) => void this.failures.push(failure),
      internalError: (error) => void this.faults.push(error),
    };
  }
}

/** A policy of the managed folder, as `useRest` begins with it. */
export const SHOP = { name: 'shop', match: { hosts: ['img.shop.example'] }, referer: { allow: ['shop.example'] } };

/** The API of the test that runs, over a folder of its own. */
export interface Rest {
  readonly dir: RulesDir;
  readonly service: RestService;
  readonly ask: RestService['ask'];
  etagOf(name: string): Promise<string>;
  /** The API with some parts exchanged, over the same folder. */
  restart(parts: RestParts): Promise<void>;
}

/** Starts the API before each test, with one policy of its own and one that was written by hand. */
export function useRest(): Rest {
  let dir: RulesDir;
  let service: RestService;
  beforeEach(async () => {
    dir = new RulesDir({
      'rules.yaml': 'policies:\n  - name: by-hand\n    referer: { allow: [hand.example] }\n',
      'managed/shop.yaml': `policies:\n  # of the shop\n  - ${JSON.stringify(SHOP)}\n`,
    });
    service = await RestService.start(dir.path);
  });
  afterEach(async () => {
    await service.close();
    dir.dispose();
  });
  return {
    get dir() {
      return dir;
    },
    get service() {
      return service;
    },
    ask: (...question) => service.ask(...question),
    etagOf: async (name) => (await service.ask('GET', `/v1/policies/${name}`)).headers['etag'] ?? '',
    restart: async (parts) => {
      await service.close();
      service = await RestService.start(dir.path, parts);
    },
  };
}

/** The tokens of `RestService`. */
export const tokens = [
  { name: 'ci', secret: 'tk-ci', role: 'editor' },
  { name: 'eye', secret: 'tk-eye', role: 'viewer' },
] as const;

/** One call to a listener that serves the REST API. */
export async function askRest(
  address: string,
  method: string,
  path: string,
  { token = 'tk-ci', headers = {}, body, agent }: RestQuestion,
): Promise<RestAnswer> {
  const bytes = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const sent: Record<string, string> = {
    ...(token !== null && { authorization: `Bearer ${token}` }),
    ...(bytes !== undefined && { 'content-type': 'application/json' }),
    ...headers,
  };
  const asked = { method, path, headers: Object.entries(sent).flat(), ...(agent && { agent }) };
  const answer = await exchange(address, bytes === undefined ? asked : { ...asked, body: bytes });
  const problems = openApiCheck.problems({ method, path, headers: sent, body: bytes?.toString() }, answer);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return { ...answer, json: answer.body === '' ? undefined : JSON.parse(answer.body) };
}

function bound(policies: ManagedPolicies): ManagedPolicies {
  return {
    read: (name) => policies.read(name),
    list: () => policies.list(),
    change: (change) => policies.change(change),
  };
}
