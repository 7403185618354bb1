import { readdir } from 'node:fs/promises';
import { compileRegex } from '../../match/regex.js';
import type { TextMatcher } from '../../model/matchers.js';

/** What makes nginx take the name of an include for a pattern (`ngx_conf_include`). */
export function isGlob(path: string): boolean {
  return /[*?[]/.test(path);
}

/**
 * The files that a pattern of glob(7) names, in order: `conf.d/*.conf`, `sites-?/[a-c]*`. As in a shell, `*` and `?`
 * do not match a dot at the beginning of a name. What cannot be listed has no files.
 */
export async function expandGlob(pattern: string): Promise<string[]> {
  const [first = '', ...rest] = pattern.split('/');
  let paths = pattern.startsWith('/') ? [''] : await matching('.', first, (name) => name);
  for (const segment of rest) {
    const found = await Promise.all(paths.map((path) => matching(path, segment, (name) => `${path}/${name}`)));
    paths = found.flat();
  }
  return paths.sort();
}

async function matching(folder: string, segment: string, path: (name: string) => string): Promise<string[]> {
  if (!isGlob(segment)) return [path(segment)];
  const names = await readdir(folder === '' ? '/' : folder).catch(() => []);
  const matcher = segmentMatcher(segment);
  return names.filter((name) => name.startsWith('.') === segment.startsWith('.') && matcher?.matches(name)).map(path);
}

/** In linear time whatever the pattern, hence not by JavaScript's regular expressions. */
function segmentMatcher(segment: string): TextMatcher | undefined {
  const parts = segment.match(/\[[!^]?\]?[^\]]*\]|\\?[\s\S]/g) ?? [];
  const matcher = compileRegex(`^(?s:${parts.map(regexOf).join('')})$`, { ignoreCase: false });
  return 'problem' in matcher ? undefined : matcher;
}

function regexOf(part: string): string {
  if (part === '*') return '.*';
  if (part === '?') return '.';
  if (part.length > 2)
    return `[${part
      .slice(1, -1)
      .replace(/^!/, '^')
      .replace(/[[\]\\]/g, '\\$&')}]`;
  return part.slice(-1).replace(/[^A-Za-z0-9]/g, '\\$&');
}
