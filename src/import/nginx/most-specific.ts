import { compileRegex } from '../../match/regex.js';
import { sampleHost, wildcardsOver } from './name-cover.js';
import type { RefererWord } from './valid-referers.js';

/**
 * nginx asks the path of one name alone, the most specific that matches the host, and goes no further when the path is
 * another (`ngx_http_referer_variable`, `goto invalid`): beside `*.example.com`, `www.example.com/shop` keeps all other
 * pages of www.example.com out. Here any entry lets a Referer pass. These are the names with a path that are so undone.
 */
export function undonePaths(names: readonly RefererWord[], regexes: readonly RefererWord[]): readonly RefererWord[] {
  const withPath = names.filter(({ text }) => text.includes('/'));
  if (withPath.length === 0) return [];
  const hosts = new Set(names.map(({ text }) => hostOf(text)));
  const matchers = regexes.flatMap(({ text }) => {
    const matcher = compileRegex(text.slice(1), { ignoreCase: true });
    return 'problem' in matcher ? [] : [matcher];
  });
  return withPath.filter(({ text }) => {
    const sample = sampleHost(hostOf(text));
    if (wildcardsOver(sample).some((name) => name !== hostOf(text) && hosts.has(name))) return true;
    return matchers.some((matcher) => matcher.matches(`${sample}/`));
  });
}

function hostOf(word: string): string {
  return (word.split('/', 1)[0] ?? '').toLowerCase();
}
