const longestName = 64;

/**
 * Gives each policy the name that its importer proposes, made valid and unique: `Bilder & Co.` → `bilder-co.`, the
 * second of that name `bilder-co.-2`.
 */
export class PolicyNames {
  readonly #taken = new Set<string>();
  /** The last number given to a name. */
  readonly #numbers = new Map<string, number>();

  take(proposed: string): string {
    const base = valid(proposed);
    let name = base;
    for (let number = this.#numbers.get(base) ?? 1; this.#taken.has(name); ) {
      number += 1;
      name = numbered(base, number);
      this.#numbers.set(base, number);
    }
    this.#taken.add(name);
    return name;
  }
}

function valid(proposed: string): string {
  const cleaned = proposed
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, longestName)
    .replace(/-+$/, '');
  return cleaned === '' ? 'imported' : cleaned;
}

function numbered(base: string, number: number): string {
  const suffix = `-${number}`;
  return base.slice(0, longestName - suffix.length) + suffix;
}
