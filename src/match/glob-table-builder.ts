import { bucketOf, type GlobTableData, GRAM } from './glob-table.js';
import type { HashSeed } from './hash-seed.js';
import { TEXT_KEY, TEXT_KEY_LENGTH, TEXT_WORDS } from './text-record.js';

/** So many globs are tried in less time than a text takes to be cut into grams. */
const FEW_GLOBS = 16;

const ASTERISK = 0x2a;
const QUESTION_MARK = 0x3f;

const NONE = new Uint32Array(0);

/** The texts of a list, of which `globs` are the positions of those with wildcards, ascending. */
export interface GlobSource {
  readonly records: Uint32Array;
  readonly bytes: Uint8Array;
  readonly globs: Uint32Array;
}

/** Puts each glob into the emptiest of the buckets that its grams lead to, so that `.com` does not gather a thousand. */
export function buildGlobTable({ records, bytes, globs }: GlobSource, { multiplier }: HashSeed): GlobTableData {
  const all = { records, bytes, multiplier };
  if (globs.length <= FEW_GLOBS) {
    return { ...all, ungrouped: globs, grouped: NONE, heads: NONE, next: NONE };
  }
  const buckets = 2 ** Math.ceil(Math.log2(2 * globs.length));
  const chosen = chooseBuckets({ records, bytes, globs }, multiplier, buckets);
  const grouped = globs.filter((_, place) => chosen[place] !== -1);
  const ungrouped = globs.filter((_, place) => chosen[place] === -1);
  const chains = linkChains(
    chosen.filter((bucket) => bucket !== -1),
    buckets,
  );
  return { ...all, ungrouped, grouped, ...chains };
}

/** A bucket for each glob; -1 for one without a gram, such as `*a*b*`. */
function chooseBuckets({ records, bytes, globs }: GlobSource, multiplier: number, buckets: number): Int32Array {
  const sizes = new Uint32Array(buckets);
  return Int32Array.from(globs, (entry) => {
    const start = records[TEXT_WORDS * entry + TEXT_KEY] as number;
    const end = start + (records[TEXT_WORDS * entry + TEXT_KEY_LENGTH] as number);
    let best = -1;
    for (const gram of gramsOf(bytes.subarray(start, end))) {
      const bucket = bucketOf(gram, multiplier, buckets);
      if (best === -1 || (sizes[bucket] as number) < (sizes[best] as number)) best = bucket;
    }
    if (best !== -1) sizes[best] = (sizes[best] as number) + 1;
    return best;
  });
}

/** Every four bytes in a row between two wildcards. */
function* gramsOf(glob: Uint8Array): Generator<number> {
  let gram = 0;
  let fixed = 0;
  for (const byte of glob) {
    fixed = byte === ASTERISK || byte === QUESTION_MARK ? 0 : fixed + 1;
    gram = (gram << 8) | byte;
    if (fixed >= GRAM) yield gram;
  }
}

/** From the last place to the first, so that each chain ascends. */
function linkChains(chosen: Int32Array, buckets: number): { heads: Uint32Array; next: Uint32Array } {
  const heads = new Uint32Array(buckets);
  const next = new Uint32Array(chosen.length);
  for (let place = chosen.length - 1; place >= 0; place--) {
    const bucket = chosen[place] as number;
    next[place] = heads[bucket] as number;
    heads[bucket] = place + 1;
  }
  return { heads, next };
}
