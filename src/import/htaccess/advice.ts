import { ANY, RUN, shapesOf } from '../regex/shapes.js';
import { splitScheme } from '../regex/split-scheme.js';
import type { RuleDraft } from './rule-draft.js';

/** Remarks for the comments of a policy: what its conditions do that was probably not meant. */
export function advice({ allow, deny }: RuleDraft): string[] {
  const slips = [...allow, ...(deny ?? [])].filter(({ expression }) => splitScheme(expression)?.isSlip === true);
  const open = new Set(allow.flatMap(({ expression }) => openHosts(expression)));
  return [
    ...slips.map(({ line }) => `Line ${line}: ^http?:// never matches https (the p is optional): meant was ^https?://`),
    ...(open.size > 0 ? [saferEntries([...open])] : []),
  ];
}

/** Of long lists, so many are enough to show what is meant. */
const hostsShown = 8;

function saferEntries(hosts: readonly string[]): string {
  const [first = ''] = hosts;
  const shown = hosts.length > hostsShown ? [...hosts.slice(0, hostsShown), '…'] : hosts;
  return (
    `As in Apache, ${first}.evil.example passes too, since nothing ends the name. ` +
    `Safer, in the host dialect with exact: true: allow: [${shown.join(', ')}]`
  );
}

/** Hosts that an expression names without a `/` or `$` behind them. */
function openHosts(expression: string): string[] {
  const split = splitScheme(expression);
  if (split === undefined) return [];
  return (shapesOf(`^${split.rest}`) ?? []).flatMap((shape) => {
    // An unescaped dot is any character, and meant is a dot.
    const host = shape.endsWith(RUN) ? shape.slice(0, -RUN.length).replaceAll(ANY, '.') : '';
    return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(host) ? [host.toLowerCase()] : [];
  });
}
