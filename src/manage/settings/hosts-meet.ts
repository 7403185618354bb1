import type { HostPattern, NetworkPattern } from '../../model/entry.js';

/** Zero or more labels. `**`, which is one or more, is a `*` and this. */
const rest = '***';

/** Whether there is a host that both patterns cover: `*.a.example` and `x.a.example`, but not it and `a.example`. */
export function hostsMeet(one: HostPattern, other: HostPattern): boolean {
  if (one.kind === 'any' || other.kind === 'any') return true;
  if (one.kind === 'network' || other.kind === 'network') return isSameAddress(one, other);
  return labelsOf(one).some((a) => labelsOf(other).some((b) => sequencesMeet(a, b, rest, labelGlobsMeet)));
}

function isSameAddress(one: HostPattern, other: HostPattern): boolean {
  const [a, b] = [one, other] as NetworkPattern[];
  return one.kind === other.kind && Buffer.from(a?.address ?? []).equals(Buffer.from(b?.address ?? []));
}

/** Every form that a host of the pattern can have, label by label. */
function labelsOf(host: Exclude<HostPattern, NetworkPattern | { readonly kind: 'any' }>): string[][] {
  if (host.kind === 'wildcard') {
    const labels = host.labels.flatMap((label) => (label === '**' ? ['*', rest] : [label]));
    return host.below ? [labels, ['*', rest, ...labels]] : [labels];
  }
  const labels = host.name.split('.');
  return [
    ...(host.self ? [labels] : []),
    ...(host.below === 'one' ? [['*', ...labels]] : []),
    ...(host.below === 'any' ? [['*', rest, ...labels]] : []),
  ];
}

function labelGlobsMeet(one: string, other: string): boolean {
  return sequencesMeet([...one], [...other], '*', (a, b) => a === b || a === '?' || b === '?');
}

/**
 * Whether a sequence fits both patterns, in each of which `any` stands for zero or more items. By rows of a table whose
 * cell (i, j) says that the rest of `one` from i on and that of `other` from j on have a sequence in common.
 */
function sequencesMeet(
  one: readonly string[],
  other: readonly string[],
  any: string,
  itemsMeet: (a: string, b: string) => boolean,
): boolean {
  let below: boolean[] = [];
  for (let i = one.length; i >= 0; i--) {
    const row: boolean[] = [];
    for (let j = other.length; j >= 0; j--) {
      const [a, b] = [one[i], other[j]];
      if (a === any || b === any) row[j] = (below[j] ?? false) || (row[j + 1] ?? false);
      else if (a === undefined || b === undefined) row[j] = a === b;
      else row[j] = (below[j + 1] ?? false) && itemsMeet(a, b);
    }
    below = row;
  }
  return below[0] ?? false;
}
