import { Agent, request } from 'node:http';
import { startRefgate } from '../../support/refgate-process.js';
import { RulesDir, writeFiles } from '../../support/rules-dir.js';
import { signOss } from '../../support/sign-oss.js';

/** A refgate whose buckets `bucket-0`, `bucket-1`, … are managed. */
export interface ManagedService {
  /** Sets the list of a bucket to one page; resolves when the answer is complete. */
  put(bucket: number, page: string): Promise<void>;
  /** What the HTTP listener answers to a page's request for a file of a bucket. */
  check(bucket: number, page: string): Promise<number>;
  stop(): Promise<void>;
}

/** How many buckets there are to write to. */
export const bucketCount = 50;

/** Starts it with so many other policies in the folder, each in a file of its own, as the APIs write them. */
export async function startManagedService(policiesBeside: number): Promise<ManagedService> {
  const rules = new RulesDir({ 'none.yaml': 'policies: []\n' });
  const beside = Array.from({ length: policiesBeside }, (_, number) => [
    `managed/other-${number}.yaml`,
    policy(number),
  ]);
  writeFiles(rules.path, Object.fromEntries(beside));
  writeFiles(rules.around, { 'manage.yaml': settings });
  const args = ['--manage-listen', '127.0.0.1:0', '--manage-config', rules.beside('manage.yaml')];
  const refgate = await startRefgate({ rules: rules.path, args });
  const agent = new Agent({ keepAlive: true });
  return {
    put: async (bucket, page) => {
      const { method, target, headers, body } = signedPut(`bucket-${bucket}`, page);
      const status = await send(refgate.manage, { agent, method, path: target, headers }, body);
      if (status !== 200) throw new Error(`a PUT was answered ${status}`);
    },
    check: (bucket, page) => {
      const original = { 'x-original-host': hostOf(bucket), 'x-original-uri': '/a.jpg' };
      return send(refgate.http, { agent, path: '/authz/nginx', headers: { ...original, referer: page } });
    },
    stop: async () => {
      agent.destroy();
      await refgate.process.stop();
      rules.dispose();
    },
  };
}

const settings = `requestsPerSecond: 0
accessKeys: [{ id: ak, secret: sk, buckets: { "*": editor } }]
buckets:
${Array.from({ length: bucketCount }, (_, number) => `  - { name: bucket-${number}, hosts: [${hostOf(number)}] }\n`).join('')}`;

function hostOf(bucket: number): string {
  return `b${bucket}.shop.example`;
}

function policy(number: number): string {
  return `policies:
  - name: other-${number}
    match:
      hosts:
        - other-${number}.example
    referer:
      dialect: oss
      allow:
        - https://www.site-${number}.example/
        - https://*.site-${number}.example/
      empty: allow
      truncateQuery: true
      truncatePath: false
      allowSelf: false
    onDeny:
      format: oss-xml
`;
}

function signedPut(bucket: string, page: string) {
  const list = `<RefererList><Referer>${page}</Referer></RefererList>`;
  const body = `<RefererConfiguration><AllowEmptyReferer>true</AllowEmptyReferer>${list}</RefererConfiguration>`;
  return signOss({ method: 'PUT', bucket, body });
}

interface Sent {
  readonly agent: Agent;
  readonly method?: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

function send(address: string, { agent, method = 'GET', path, headers }: Sent, body = ''): Promise<number> {
  const [host = '', port = ''] = address.split(':');
  return new Promise((resolve, reject) => {
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request({ agent, host, port, method, path, headers: { ...headers, ...length } }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
