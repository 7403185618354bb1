import { compileWildcard } from '../../match/compile-wildcard.js';
import { coversLabels } from '../../match/wildcard-labels.js';
import type { HostPattern, NamePattern, NetworkPattern, WildcardPattern } from '../../model/entry.js';

const REACH = { none: 0, one: 1, any: 2 } as const;

/**
 * Whether every host that `inner` covers is one that `outer` covers, as far as that is plain: false where it would take
 * more than a look to tell.
 */
export function hostCovers(outer: HostPattern, inner: HostPattern): boolean {
  if (outer.kind === 'any') return true;
  if (inner.kind === 'any') return false;
  if (outer.kind === 'network') return inner.kind === 'network' && networkCovers(outer, inner);
  if (inner.kind === 'network') return false;
  if (outer.kind === 'name') return inner.kind === 'name' ? nameCovers(outer, inner) : nameCoversWildcard(outer, inner);
  return inner.kind === 'name' ? wildcardCoversName(outer, inner) : wildcardCovers(outer, inner);
}

/** `shop.example` covers `a.shop.example`; `*.shop.example` does not cover `shop.example`. */
function nameCovers(outer: NamePattern, inner: NamePattern): boolean {
  if (outer.name === inner.name) return (outer.self || !inner.self) && REACH[outer.below] >= REACH[inner.below];
  if (!inner.name.endsWith(`.${outer.name}`)) return false;
  if (outer.below === 'any') return true;
  const isOneBelow = !inner.name.slice(0, -outer.name.length - 1).includes('.');
  return outer.below === 'one' && isOneBelow && inner.below === 'none';
}

/** Whatever stands for `a*b` in `a*b.c.shop.example` is below `shop.example`. */
function nameCoversWildcard(outer: NamePattern, inner: WildcardPattern): boolean {
  const { suffix, literals } = compileWildcard(inner);
  const isBelow = suffix === outer.name || suffix.endsWith(`.${outer.name}`);
  return outer.below === 'any' && isBelow && literals.length < inner.labels.length;
}

/** `google.*` covers `google.com`; what is below a name it covers only where it covers what is below itself. */
function wildcardCoversName(outer: WildcardPattern, inner: NamePattern): boolean {
  if (!inner.self || (inner.below !== 'none' && !outer.below)) return false;
  const { labels, suffix } = compileWildcard(outer);
  const end = inner.name.length - (suffix === '' ? 0 : suffix.length + 1);
  if (suffix !== '' && !inner.name.endsWith(`.${suffix}`)) return false;
  const bytes = Buffer.from(labels);
  return coversLabels(bytes, 0, bytes.length, inner.name, end);
}

function wildcardCovers(outer: WildcardPattern, inner: WildcardPattern): boolean {
  return outer.labels.join('.') === inner.labels.join('.') && (outer.below || !inner.below);
}

/** `192.0.2.0/24` covers `192.0.2.7`. Host bits are cleared in both. */
function networkCovers(outer: NetworkPattern, inner: NetworkPattern): boolean {
  if (outer.address.length !== inner.address.length || outer.prefix > inner.prefix) return false;
  return outer.address.every((byte, index) => {
    const bits = Math.min(Math.max(outer.prefix - index * 8, 0), 8);
    const mask = (0xff << (8 - bits)) & 0xff;
    return ((inner.address[index] ?? 0) & mask) === byte;
  });
}
