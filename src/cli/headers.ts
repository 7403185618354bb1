import { loadRules } from '../rules/load.js';
import { formatRuleError } from '../rules/rule-error.js';
import { exitCodes } from './exit-codes.js';
import { type HeaderLists, headerLists } from './header-lists.js';

/** The flags of `refgate headers`. */
export interface HeadersOptions {
  readonly format: 'text' | 'json';
}

/** `refgate headers DIR`: what a proxy must be told to send, so that every condition sees what it asks for. */
export async function headers(dir: string, options: HeadersOptions): Promise<number> {
  const loaded = await loadRules(dir);
  if (!loaded.ok) {
    for (const error of loaded.errors) console.error(formatRuleError(error));
    return loaded.reason === 'invalid' ? exitCodes.badRules : exitCodes.unreadable;
  }
  const lists = headerLists(loaded.rules);
  process.stdout.write(options.format === 'json' ? `${JSON.stringify(lists, null, 2)}\n` : asYaml(lists));
  return exitCodes.ok;
}

/** Header names need no quotes in YAML, but for those such as `~` or `!x`, for which JSON's are YAML's, too. */
function asYaml({ headers: names, envoy, istio, envoyGateway }: HeaderLists): string {
  const patterns = envoy.allowed_headers.patterns.map(
    (pattern) => `{ exact: ${scalar(pattern.exact)}, ignore_case: true }`,
  );
  return [
    `# The policies read ${names.join(', ')}. With --trusted-hops add x-forwarded-for.`,
    '# Envoy, in envoy.extensions.filters.http.ext_authz.v3.ExtAuthz. Over gRPC Envoy sends every header as long as there',
    '# is no such list; over HTTP only those in it, and always Host, method, path and Authorization.',
    'allowed_headers:',
    '  patterns:',
    ...patterns.map((pattern) => `    - ${pattern}`),
    '---',
    '# Istio, in an extension provider with envoyExtAuthzHttp. One with envoyExtAuthzGrpc sends every header and has no',
    '# such list.',
    ...list('includeRequestHeadersInCheck', istio.includeRequestHeadersInCheck),
    '---',
    '# Envoy Gateway, in spec.extAuth of a SecurityPolicy. Over gRPC every header is sent as long as there is no such list.',
    ...list('headersToExtAuth', envoyGateway.headersToExtAuth),
    '',
  ].join('\n');
}

function list(key: string, names: readonly string[]): string[] {
  return [`${key}:`, ...names.map((name) => `  - ${scalar(name)}`)];
}

/** Texts that YAML would take for numbers, words or marks of its own are quoted. */
function scalar(name: string): string {
  return /^[a-z](?:[a-z0-9-]*[a-z0-9])?$/.test(name) && !YAML_WORDS.has(name) ? name : JSON.stringify(name);
}

/** Of YAML 1.1, which Go programs read. */
const YAML_WORDS: ReadonlySet<string> = new Set(['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false', 'null']);
