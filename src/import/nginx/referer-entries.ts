import { parseEntry } from '../../referer/parse-entry.js';
import { parseNetwork } from '../../referer/parse-network.js';
import { isProblem } from '../../referer/pattern-problem.js';
import { quote } from '../../rules/key-path.js';
import type { Place } from './directive.js';
import type { LossList } from './loss-list.js';

/**
 * One name of `valid_referers` as entries for `exact: true`: nginx's `*.x` reaches any depth, which is `**.x` here, and
 * `x.*` is `x.**`. What nginx takes and can never match is left out: it compares hosts, cut at the first colon.
 */
export function entriesOfName(word: string, at: Place, losses: LossList): readonly string[] {
  const useless = whyUseless(word);
  if (useless !== undefined) {
    losses.harmless(at, `valid_referers ${quote(word)} never matches in nginx: ${useless}; it is left out`);
    return [];
  }
  const entries = respelt(word);
  const problem = entries.map((entry) => parseEntry(entry, { exact: true })).find(isProblem);
  if (problem === undefined) return entries;
  losses.changing(at, `valid_referers ${quote(word)}: ${problem.problem}; it is left out`);
  return [];
}

/** An asterisk as the first or the last label, and no other (`ngx_hash_add_key`). */
const WILDCARD = /^(?:\*\.)?[^*]+$|^[^*]+\.\*$|^$/;

function whyUseless(word: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(word)) return 'it begins with a scheme, and nginx compares hosts';
  const [host = ''] = word.split('/', 1);
  if (host.includes(':')) return 'it has a port or a colon, and nginx cuts the host of a Referer there';
  if (host.includes('?')) return 'the question mark is no wildcard there, and in no host';
  if (host.includes('$')) return 'valid_referers takes no variables';
  if (host.endsWith(',')) return 'the comma belongs to the name';
  if (!WILDCARD.test(host)) return 'nginx refuses this wildcard, and with it the configuration';
  if (host.endsWith('.')) return 'no page sends a host that ends in a dot';
  return host === '' ? 'it has no host' : undefined;
}

function respelt(word: string): readonly string[] {
  const slash = word.indexOf('/');
  const host = (slash < 0 ? word : word.slice(0, slash)).toLowerCase();
  const path = slash < 0 ? '' : word.slice(slash);
  if (host.startsWith('*.')) return [`*${host}${path}`];
  if (host.endsWith('.*')) return [`${host}*${path}`, ...blocksOf(host)];
  // `192.0.2.0/24` is a host with a path to nginx, and a block of addresses here.
  if (path !== '' && parseNetwork(word) !== undefined) return [`http://${word}`, `https://${word}`];
  return [host + path];
}

/** `192.168.*` matches addresses too, which no wildcard does here. */
function blocksOf(host: string): readonly string[] {
  const numbers = host.split('.').slice(0, -1);
  if (numbers.length > 3 || !numbers.every((number) => /^\d{1,3}$/.test(number))) return [];
  const block = `${[...numbers, '0', '0', '0'].slice(0, 4).join('.')}/${8 * numbers.length}`;
  return parseNetwork(block) === undefined ? [] : [block];
}
