import { isIPv4 } from 'node:net';
import type { HostPattern, NamePattern, WildcardPattern } from '#refgate/model/entry.js';
import { networkHolds } from './oracle-addresses.js';

/** Whether a host pattern covers a host: the rules of entries, one sentence a line, as slow as they come. */
export function hostPatternCovers(pattern: HostPattern, host: string): boolean {
  const labels = host.split('.');
  const bracketed = host.startsWith('[');
  if (!bracketed && labels.includes('')) return false;
  if (pattern.kind === 'any') return true;
  if (pattern.kind === 'network') return networkHolds(pattern, bracketed ? host.slice(1, -1) : host);
  if (bracketed || isIPv4(host)) return false;
  return pattern.kind === 'name' ? nameCovers(pattern, labels) : wildcardCovers(pattern, labels);
}

function nameCovers(pattern: NamePattern, labels: readonly string[]): boolean {
  const name = pattern.name.split('.');
  const more = labels.length - name.length;
  if (more < 0 || labels.slice(more).join('.') !== pattern.name) return false;
  if (more === 0) return pattern.self;
  return pattern.below === 'any' || (pattern.below === 'one' && more === 1);
}

function wildcardCovers(pattern: WildcardPattern, labels: readonly string[]): boolean {
  if (labelsCover(pattern.labels, labels)) return true;
  return pattern.below && labels.length > 1 && wildcardCovers(pattern, labels.slice(1));
}

function labelsCover(patterns: readonly string[], labels: readonly string[]): boolean {
  const [pattern, ...morePatterns] = patterns;
  const [label, ...moreLabels] = labels;
  if (pattern === undefined || label === undefined) return pattern === label;
  if (pattern === '**') return labelsCover(morePatterns, moreLabels) || labelsCover(patterns, moreLabels);
  return labelCovers(pattern, label) && labelsCover(morePatterns, moreLabels);
}

function labelCovers(pattern: string, label: string): boolean {
  if (pattern === '*') return label !== '';
  return expressionOf(pattern).test(label);
}

const expressions = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known !== undefined) return known;
  const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
  expressions.set(pattern, expression);
  return expression;
}
