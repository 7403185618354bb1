import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decide } from '#refgate/decide/decide.js';
import { createSnapshot } from '#refgate/decide/snapshot.js';
import type { AuthzRequest } from '#refgate/model/authz-request.js';
import type { CompiledRules, Snapshot } from '#refgate/model/snapshot.js';
import { loadRules } from '#refgate/rules/load.js';
import { request } from '../support/policy-builder.js';
import { Prng } from '../support/prng.js';
import { machine } from './support/machine.js';
import { markdownTable } from './support/markdown.js';
import { siteName } from './support/names.js';
import { type Candidate, measure } from './support/rounds.js';

const sizes = [10, 1_000, 10_000, 100_000];
const decisions = 20_000;
const rounds = 7;
const policiesAFile = 10_000;
/** Ten hosts are asked for, whatever else there is: a request shall cost what it costs among ten policies. */
const fewHosts = 10;
/** And many, whose policies lie all over the memory that 100,000 policies take. */
const manyHosts = 1_000;

/** How a policy names its host. JSON, which is YAML too and quicker to write. */
const forms: Readonly<Record<string, (host: string) => object>> = {
  hosts: (host) => ({ hosts: [host] }),
  'hosts and a header': (host) => ({ hosts: [host], headers: { 'x-tenant': 'gold-*' } }),
  'hosts below a name': (host) => ({ hosts: [`*.${host}`] }),
  'inside all': (host) => ({ all: [{ hosts: [host] }, { methods: ['GET'] }] }),
  'inside any': (host) => ({ any: [{ hosts: [host] }, { hosts: [`*.${host}`], cookies: { beta: true } }] }),
};

/** One size of one form, measured with few hosts and with many. */
async function candidates(size: number, form: string): Promise<{ of: readonly Candidate[]; loadSeconds: number }> {
  const random = new Prng(size);
  const names = Array.from({ length: size }, (_, number) => siteName(random, number));
  const before = performance.now();
  const rules = await load(names.map((name) => forms[form]?.(name) ?? {}));
  const loadSeconds = (performance.now() - before) / 1000;
  const snapshot = createSnapshot(rules, { generation: 1, defaultAction: 'deny', shadow: false, cacheEntries: 0 });
  const prefix = form === 'hosts below a name' ? 'www.' : '';
  const of = [fewHosts, manyHosts].map((count) => {
    const hosts = Array.from({ length: count }, () => `${prefix}${random.pick(names)}`);
    return candidate(`${size} ${count}`, snapshot, hosts.map(requestTo));
  });
  return { of, loadSeconds };
}

function candidate(name: string, snapshot: Snapshot, requests: readonly AuthzRequest[]): Candidate {
  const run = (): number => {
    let covered = 0;
    for (let at = 0; at < decisions; at++) {
      if (decide(snapshot, requests[at % requests.length] as AuthzRequest).policy !== undefined) covered++;
    }
    if (covered !== decisions) throw new Error(`${name}: ${covered} of ${decisions} requests are covered`);
    return covered;
  };
  return { name, operations: decisions, run };
}

/** No Referer, so that a decision is little more than the choice of its policy. */
function requestTo(host: string): AuthzRequest {
  return request({ host: Buffer.from(host).toString(), headers: { 'x-tenant': 'gold-1' } });
}

async function load(matches: readonly object[]): Promise<CompiledRules> {
  const folder = mkdtempSync(join(tmpdir(), 'refgate-bench-'));
  try {
    for (let first = 0; first < matches.length; first += policiesAFile) {
      const some = matches.slice(first, first + policiesAFile);
      const policies = some.map((match, at) => ({ name: `p${first + at}`, match, referer: {} }));
      writeFileSync(join(folder, `${first}.json`), JSON.stringify({ policies }));
    }
    const result = await loadRules(folder);
    if (!result.ok) throw new Error(result.errors[0]?.message);
    return result.rules;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One form at a time: the policies of all forms and sizes together would fill the heap, and measure its cleaning. */
async function rowsOf(form: string): Promise<string[][]> {
  const made: Awaited<ReturnType<typeof candidates>>[] = [];
  for (const size of sizes) made.push(await candidates(size, form));
  const measured = measure(
    made.flatMap(({ of }) => of),
    rounds,
  );
  const median = (size: number, hosts: number): number =>
    measured.find(({ name }) => name === `${size} ${hosts}`)?.median ?? Number.NaN;
  const cell = (size: number, hosts: number): string =>
    `${median(size, hosts).toFixed(0)} ns (× ${(median(size, hosts) / median(10, hosts)).toFixed(2)})`;
  return sizes.map((size, at) => [
    form,
    size.toLocaleString('en'),
    cell(size, fewHosts),
    cell(size, manyHosts),
    `${made[at]?.loadSeconds.toFixed(1)} s`,
  ]);
}

async function report(): Promise<string> {
  const rows: string[][] = [];
  for (const form of Object.keys(forms)) rows.push(...(await rowsOf(form)));
  const columns = [
    'condition',
    'policies',
    `${fewHosts} hosts asked for`,
    `${manyHosts.toLocaleString('en')} hosts`,
    'load',
  ];
  return [
    '## The choice of a policy',
    '',
    machine(),
    '',
    `Median of ${rounds} interleaved rounds of ${decisions.toLocaleString('en')} decisions on requests without a Referer, each ` +
      'policy with a host of its own; in brackets against 10 policies. The load is from files to rules.',
    '',
    markdownTable(columns, rows),
    '',
  ].join('\n');
}

process.stdout.write(await report());
