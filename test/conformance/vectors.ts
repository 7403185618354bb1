import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { fromRoot } from '../support/paths.js';

/** What must come of a request. A key that is not given is not looked at, but for `entry`. */
export interface Expectation {
  readonly action: 'allow' | 'deny';
  readonly reason: string;
  /** The entry that decided, as written; none where not given. */
  readonly entry?: string;
  /** 200 for what passes, else the status of the denial. */
  readonly status?: number;
  readonly location?: string;
}

/** A request beside its Referer, with defaults filled in. */
export interface VectorRequest {
  readonly method: string;
  readonly scheme: string;
  readonly host: string;
  /** Raw, as a client sends it. */
  readonly target: string;
  readonly clientIp: string;
  /** The `referer` of the vector is among them. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
}

export interface Vector {
  readonly title: string;
  readonly request: VectorRequest;
  readonly expect: Expectation;
  /** Name in docs/divergences.md, where the source says something else. */
  readonly divergence: string | undefined;
}

/** Requests under one policy. */
export interface VectorGroup {
  readonly source: string;
  readonly title: string;
  /** As in a rule file, without a name. */
  readonly policy: Readonly<Record<string, unknown>>;
  /** False: the policy must be refused when it is loaded. */
  readonly loads: boolean;
  readonly vectors: readonly Vector[];
}

/** A case as it stands in a file. */
interface WrittenCase {
  title?: string;
  /** Scheme, host and target of the request. */
  url?: string;
  /** The target where it is not that of the URL. */
  target?: string;
  method?: string;
  clientIp?: string;
  /** Each with one value or several. */
  headers?: Record<string, string | string[]>;
  /** Absent, one value or several. */
  referer?: string | string[];
  /** Length in bytes that the Referer is brought to with further `a`s. */
  padTo?: number;
  expect: Expectation;
  divergence?: string;
}

interface WrittenPolicy extends Record<string, unknown> {
  referer: Record<string, unknown> & { allow?: unknown[] };
}

interface WrittenGroup {
  source: string;
  title: string;
  policy: WrittenPolicy;
  /** So many entries, `partner-1.example.com` and on, are put before those of the allow list. */
  entriesBefore?: number;
  loads?: boolean;
  cases?: WrittenCase[];
}

/** The files of vectors that are decided under a policy. */
export const decisionFiles = [
  'cdn-matching-table',
  'cdn-rules',
  'cdn-scenarios-and-faq',
  'host-dialect',
  'lookalikes',
  'match',
  'nginx-referers',
  'oss-anti-leech',
  'oss-dialect',
  'presets',
  'regex',
  'verified-bots',
  'verify',
] as const;

/** Reads a file of `test/conformance/vectors`, by its name without extension. */
export function readVectors(name: (typeof decisionFiles)[number]): VectorGroup[] {
  return readVectorFile<WrittenGroup[]>(name).map(
    ({ cases = [], loads = true, entriesBefore = 0, policy, ...group }) => ({
      ...group,
      policy: entriesBefore === 0 ? policy : withEntriesBefore(policy, entriesBefore),
      loads,
      vectors: cases.map(toVector),
    }),
  );
}

function withEntriesBefore({ referer, ...policy }: WrittenPolicy, count: number): VectorGroup['policy'] {
  const further = Array.from({ length: count }, (_, at) => `partner-${at + 1}.example.com`);
  return { ...policy, referer: { ...referer, allow: [...further, ...(referer.allow ?? [])] } };
}

/** The content of a vector file, as it stands there. */
export function readVectorFile<T>(name: string): T {
  return parse(readFileSync(fromRoot(`test/conformance/vectors/${name}.yaml`), 'utf8')) as T;
}

function toVector(written: WrittenCase): Vector {
  const url = /^([^:]+):\/\/([^/]+)(.*)$/.exec(written.url ?? 'https://cdn.shop.example/images/a.png') ?? [];
  const [, scheme = '', host = '', target = ''] = url;
  const request = {
    method: written.method ?? 'GET',
    scheme,
    host,
    target: written.target ?? target,
    clientIp: written.clientIp ?? '192.0.2.200',
    headers: headersOf(written),
  };
  return { title: titleOf(written), request, expect: written.expect, divergence: written.divergence };
}

function headersOf({ headers = {}, referer, padTo = 0 }: WrittenCase): Map<string, readonly string[]> {
  const map = new Map<string, readonly string[]>(
    Object.entries(headers).map(([name, value]) => [name, [value].flat()]),
  );
  if (referer !== undefined) {
    map.set(
      'referer',
      [referer].flat().map((value) => value.padEnd(padTo, 'a')),
    );
  }
  return map;
}

function titleOf({ title, url, method, referer }: WrittenCase): string {
  const sent = [method, url, referer === undefined ? 'no Referer' : JSON.stringify(referer)];
  return sent.filter((part) => part !== undefined).join(' ') + (title === undefined ? '' : ` (${title})`);
}
