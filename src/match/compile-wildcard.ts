import type { WildcardPattern } from '../model/entry.js';
import { ANY_LABELS } from './wildcard-labels.js';

/** A wildcard pattern, ready to be looked up and matched. */
export interface CompiledWildcard {
  /** The literal labels at the right end, joined by dots; empty if the last label has a wildcard. */
  readonly suffix: string;
  /** The labels before the suffix, as `coversLabels` takes them. */
  readonly labels: string;
  /** What the label before the suffix begins with, up to its first wildcard. */
  readonly head: string;
  /** What the label before the suffix ends with, behind its last wildcard. */
  readonly tail: string;
  /** Every literal label of the pattern. */
  readonly literals: readonly string[];
}

/** Splits a pattern into what a hash can find and what has to be matched. */
export function compileWildcard(pattern: WildcardPattern): CompiledWildcard {
  const { labels } = pattern;
  const suffixStart = labels.findLastIndex(isWild) + 1;
  const beforeSuffix = labels[suffixStart - 1] ?? '';
  return {
    suffix: labels.slice(suffixStart).join('.'),
    labels: compileLabels(labels.slice(0, suffixStart), pattern.below).join('.'),
    head: /^[^*?]*/.exec(beforeSuffix)?.[0] ?? '',
    tail: /[^*?]*$/.exec(beforeSuffix)?.[0] ?? '',
    literals: labels.filter((label) => !isWild(label)),
  };
}

function isWild(label: string): boolean {
  return /[*?]/.test(label);
}

/** `**` is one label or more: any labels, then one. A pattern that also covers what is below it begins with any. */
function compileLabels(labels: readonly string[], below: boolean): string[] {
  const compiled: string[] = below ? [ANY_LABELS] : [];
  for (const label of labels) {
    if (label !== '**') {
      compiled.push(label);
    } else {
      if (compiled.at(-1) !== ANY_LABELS) compiled.push(ANY_LABELS);
      compiled.push('*');
    }
  }
  return compiled;
}
