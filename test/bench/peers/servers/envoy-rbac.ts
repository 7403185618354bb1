import type { Peer, Place, RunningPeer } from '../peer.js';
import { startEnvoy, typed } from './envoy-process.js';

/** Envoy's RBAC filter on the Referer header, in two ways, and the same Envoy without it. */
export function envoyPeers(binary: string): Peer[] {
  const start = (place: Place, filters: (names: readonly string[]) => readonly object[]): Promise<RunningPeer> =>
    startEnvoy({ ...place, binary }, { filters, clusters: [] });
  const common = { protocol: 'http', decides: true, edit: 'a new listener file (LDS)' } as const;
  return [
    {
      ...common,
      key: 'rbac-regex',
      name: 'Envoy RBAC, a regex a name',
      start: (place) => start(place, (names) => [rbac({ rules: regexes(names) })]),
    },
    {
      ...common,
      key: 'rbac-map',
      name: 'Envoy RBAC, a map of prefixes',
      start: (place) => start(place, (names) => [rbac({ matcher: prefixes(names) })]),
    },
    {
      ...common,
      key: 'envoy-bare',
      name: 'Envoy, decides nothing',
      decides: false,
      edit: 'no rules',
      start: (place) => start(place, () => []),
    },
  ];
}

function rbac(fields: object): object {
  return { name: 'rbac', typed_config: typed('envoy.extensions.filters.http.rbac.v3.RBAC', fields) };
}

/** The usual form: a list of principals, tried one after the other. The regex covers what `valid_referers .name` does. */
function regexes(names: readonly string[]): object {
  const matcher = (name: string): object => ({
    header: { name: 'referer', string_match: { safe_regex: { regex: pageOf(name) } } },
  });
  const absent = { not_id: { header: { name: 'referer', present_match: true } } };
  const principals = [absent, ...names.map(matcher)];
  return { action: 'ALLOW', policies: { listed: { permissions: [{ any: true }], principals } } };
}

/** Upper case, user info, and what WHATWG's rules make of odd spellings are not covered. */
function pageOf(name: string): string {
  return `https?://([^/?#@:]*\\.)?${name.replaceAll('.', '\\.')}(:[0-9]*)?([/?#].*)?`;
}

/** Beyond these the configuration is larger than 512 MiB, the longest text that Node can write. */
const prefixesAtMost = 500_000;

/**
 * The quick form: a trie of the first characters. It has no "and all below": only the spellings that are listed match,
 * here the name itself and `www.` before it.
 */
function prefixes(names: readonly string[]): object {
  if (names.length > prefixesAtMost) throw new Error('its configuration would be larger than 512 MiB');
  const allow = decision('ALLOW');
  const keys = names.flatMap((name) =>
    ['', 'www.'].flatMap((host) => ['http', 'https'].map((s) => `${s}://${host}${name}/`)),
  );
  const input = typed('envoy.type.matcher.v3.HttpRequestHeaderMatchInput', { header_name: 'referer' });
  return {
    matcher_tree: {
      input: { name: 'referer', typed_config: input },
      prefix_match_map: { map: Object.fromEntries(keys.map((key) => [key, allow])) },
    },
    on_no_match: decision('DENY'),
  };
}

function decision(action: 'ALLOW' | 'DENY'): object {
  return { action: { name: 'action', typed_config: typed('envoy.config.rbac.v3.Action', { name: 'rule', action }) } };
}
