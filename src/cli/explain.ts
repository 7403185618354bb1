import { decide } from '../decide/decide.js';
import type { Decision } from '../model/decision.js';
import { explainDecision } from '../transport/explanation.js';
import {
  parseHeaderLine,
  type RequestProblem,
  toAuthzRequest,
  type UrlRequest,
} from '../transport/request-from-url.js';
import { stepWords } from '../transport/step-words.js';
import { exitCodes } from './exit-codes.js';
import { loadSnapshot, type RulesOptions } from './load-snapshot.js';

/** The flags of `refgate explain`. */
export interface ExplainOptions extends RulesOptions {
  readonly url: string;
  readonly method: string;
  readonly referer?: readonly string[];
  /** Each as `Name: value`. */
  readonly header?: readonly string[];
  readonly clientIp?: string;
  readonly policy?: string;
  readonly format: 'text' | 'json';
}

/** `refgate explain`: decides one request as `serve` would, and tells what decided. Exit 0 for an allow and a deny. */
export async function explain(options: ExplainOptions): Promise<number> {
  const described = describe(options);
  const request = 'problem' in described ? described : toAuthzRequest(described);
  if ('problem' in request) {
    console.error(`error: ${request.problem}`);
    return exitCodes.usage;
  }
  const snapshot = await loadSnapshot(options);
  if ('exitCode' in snapshot) return snapshot.exitCode;
  const decision = decide(snapshot, request);
  console.log(options.format === 'json' ? JSON.stringify(explainDecision(decision), null, 2) : inWords(decision));
  return exitCodes.ok;
}

/** The request in the words of the command line, or the first `--header` that is none. */
function describe({
  url,
  method,
  referer,
  header = [],
  clientIp,
  policy,
}: ExplainOptions): UrlRequest | RequestProblem {
  const headers: (readonly [string, string])[] = [];
  for (const line of header) {
    const parsed = parseHeaderLine(line);
    if (parsed === undefined) return { problem: `--header: expected "Name: value", got "${line}"` };
    headers.push(parsed);
  }
  return { url, method, referers: referer, headers, clientIp, policy };
}

function inWords(decision: Decision): string {
  const {
    decision: verdict,
    reason,
    policy,
    entry,
    mode,
    status,
    location,
    headers,
    step,
    refererHost,
  } = explainDecision(decision);
  const rows = [
    ['decision', mode === 'shadow' && verdict === 'deny' ? 'deny, but it passes: shadow mode' : verdict],
    ['reason', reason],
    ['step', `${step}: ${stepWords[step]}`],
    ['policy', policy || 'none'],
    ['entry', entry],
    ['mode', mode],
    ['referer', refererHost],
    ['status', String(status)],
    ['location', location ?? ''],
    ...Object.entries(headers).map(([name, value]) => ['header', `${name}: ${value}`]),
  ];
  return rows
    .filter(([, value]) => value !== '')
    .map(([name = '', value = '']) => `${name.padEnd(9)} ${value}`)
    .join('\n');
}
