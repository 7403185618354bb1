/** Every name with a wildcard that matches the host, in nginx's spelling: `*.x` and `.x`, `x.*`. */
export function wildcardsOver(host: string): string[] {
  const labels = host.split('.');
  const heads = labels.flatMap((_, i) => {
    const rest = labels.slice(i).join('.');
    return i === 0 ? [`.${rest}`] : [`*.${rest}`, `.${rest}`];
  });
  const tails = labels.slice(1).map((_, i) => `${labels.slice(0, i + 1).join('.')}.*`);
  return [...heads, ...tails];
}

/** A host that a name with or without a wildcard matches. */
export function sampleHost(name: string): string {
  return name.replace(/^\*/, 'any').replace(/^\./, '').replace(/\*$/, 'any');
}
