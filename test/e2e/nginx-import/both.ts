import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decide } from '#refgate/decide/decide.js';
import { createSnapshot } from '#refgate/decide/snapshot.js';
import type { Imported } from '#refgate/import/imported.js';
import { importNginx } from '#refgate/import/nginx/import-nginx.js';
import { writeRuleFile } from '#refgate/import/write-rule-file.js';
import type { Snapshot } from '#refgate/model/snapshot.js';
import { loadRules } from '#refgate/rules/load.js';
import { decodeHeaderText } from '#refgate/transport/http/header-text.js';
import { ask, type Question } from '../../support/ask.js';
import { freeAddress } from '../../support/listen-on.js';
import { startNginx } from '../../support/nginx.js';
import { requireTool } from '../../support/require-tool.js';
import { findNginx } from '../../support/tool-cache.js';

/** The real nginx, and refgate under the rules that are imported from nginx's own configuration. */
export interface Both {
  readonly imported: Imported;
  /** The status that nginx answers: 204 where it lets the request pass. */
  nginx(question: Question): Promise<number>;
  /** The status that refgate would answer, 204 for an allow. */
  refgate(question: Question): number;
  stop(): Promise<void>;
}

/**
 * Starts nginx with these servers before the tests of the suite that this is called in. `LISTEN` in the text stands
 * for the address.
 */
export function useBoth(servers: () => string): () => Both {
  let both: Both | undefined;
  before(async function () {
    this.timeout(60_000);
    both = await startBoth(requireTool(this, findNginx()), servers());
  });
  after(() => both?.stop());
  return () => {
    if (!both) throw new Error('nginx is asked for before it is started');
    return both;
  };
}

async function startBoth(binary: string, servers: string): Promise<Both> {
  const folder = mkdtempSync(join(tmpdir(), 'refgate-nginx-'));
  const address = await freeAddress();
  const configuration = configurationOf(servers.replaceAll('LISTEN', `listen ${address}`));
  const imported = await importNginx({ file: join(folder, 'nginx.conf'), text: configuration });
  if ('problem' in imported) throw new Error(imported.problem);
  const snapshot = await snapshotOf(imported, folder);
  const process = await startNginx(binary, folder, configuration);
  // One connection that is kept: thousands of questions take seconds.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    imported,
    nginx: async (question) => (await ask(address, { ...question, agent })).status,
    refgate: (question) => statusUnder(snapshot, question),
    stop: async () => {
      agent.destroy();
      await process.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

function configurationOf(servers: string): string {
  return `pid nginx.pid;
events {}
http {
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  keepalive_requests 1000000;
${servers}
}
`;
}

/** As an operator would: the YAML is written and loaded. */
async function snapshotOf(imported: Imported, folder: string): Promise<Snapshot> {
  const rules = join(folder, 'rules');
  mkdirSync(rules);
  writeFileSync(join(rules, 'nginx.yaml'), writeRuleFile(imported, { product: 'nginx', file: 'nginx.conf' }));
  const loaded = await loadRules(rules);
  if (!loaded.ok) throw new Error(loaded.errors.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  return createSnapshot(loaded.rules, { generation: 1, defaultAction: 'allow', shadow: false, cacheEntries: 0 });
}

function statusUnder(snapshot: Snapshot, question: Question): number {
  const referers = (question.referers ?? []).map(decodeHeaderText);
  const decision = decide(snapshot, {
    method: question.method ?? 'GET',
    scheme: 'http',
    host: question.host ?? 'cdn.shop.example',
    target: question.target,
    headers: new Map(referers.length === 0 ? [] : [['referer', referers]]),
    clientIp: '',
    policyName: undefined,
  });
  return decision.passes ? 204 : (decision.policy?.onDeny.status ?? 0);
}
