import { distance } from 'fastest-levenshtein';

/**
 * The known word that a wrong one probably stands for. At most a third of its letters may differ, or the letters' case
 * alone: `hots` is hosts, `colour` is nothing.
 */
export function nearestWord(written: string, known: readonly string[]): string | undefined {
  if (written.length > LONGEST) return undefined;
  const word = written.toLowerCase();
  let best: { name: string; edits: number } | undefined;
  for (const name of known) {
    const edits = distance(word, name.toLowerCase());
    if (edits <= Math.max(1, Math.ceil(name.length / 3)) && edits < (best?.edits ?? Number.POSITIVE_INFINITY))
      best = { name, edits };
  }
  return best?.name;
}

/** No word of ours is longer, and the distance costs the product of both lengths. */
const LONGEST = 40;
