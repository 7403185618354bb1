import type { HostPattern } from '../model/entry.js';
import { isLiteral } from './parse-labels.js';

/**
 * Chooses the cheapest shape for a host pattern: names are found by hash, other wildcards are tried one by one.
 *
 * @param labels - canonical, left to right, at least one
 * @param below - whether the pattern also covers every host below those that it matches
 */
export function patternOfLabels(labels: readonly string[], below: boolean): HostPattern {
  const [head, ...rest] = labels;
  if (rest.length === 0 && (head === '**' || (head === '*' && below))) return { kind: 'any' };
  if (labels.every(isLiteral))
    return { kind: 'name', name: labels.join('.'), self: true, below: below ? 'any' : 'none' };
  const isHead = rest.length > 0 && rest.every(isLiteral) && (head === '*' || head === '**');
  if (!isHead) return { kind: 'wildcard', labels, below };
  return { kind: 'name', name: rest.join('.'), self: false, below: below || head === '**' ? 'any' : 'one' };
}
