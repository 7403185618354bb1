/** A regular expression as a tree, of which both its text and the answer whether it finds a match are made. */
export type RegexTree =
  | { readonly kind: 'character'; readonly character: string }
  /** `written` is how the class stands in the text: `[ab]`, `\w`. */
  | { readonly kind: 'class'; readonly written: string; has(character: string): boolean }
  | { readonly kind: 'not'; readonly written: string; has(character: string): boolean }
  | { readonly kind: 'start' | 'end' | 'wordEdge' }
  | { readonly kind: 'sequence' | 'choice'; readonly trees: readonly RegexTree[] }
  | { readonly kind: 'group'; readonly open: '(' | '(?:'; readonly tree: RegexTree }
  | { readonly kind: 'repeat'; readonly tree: RegexTree; readonly times: Times };

/** How often something is repeated. `written`: `*`, `{1,2}`, `+?`. A lazy one finds a match where a greedy one does. */
export interface Times {
  readonly written: string;
  readonly least: number;
  readonly most: number;
}

/** The text of an expression, in RE2's syntax. */
export function regexText(tree: RegexTree): string {
  switch (tree.kind) {
    case 'character':
      return tree.character.replace(/[.]/, '\\.');
    case 'class':
    case 'not':
      return tree.written;
    case 'start':
      return '^';
    case 'end':
      return '$';
    case 'wordEdge':
      return '\\b';
    case 'sequence':
      return tree.trees.map(regexText).join('');
    case 'choice':
      return tree.trees.map(regexText).join('|');
    case 'group':
      return `${tree.open}${regexText(tree.tree)})`;
    case 'repeat':
      return regexText(tree.tree) + tree.times.written;
  }
}

/** Whether an expression finds a match anywhere in a text: by trying every way, code point by code point. */
export function regexFinds(tree: RegexTree, text: string, { caseless }: { readonly caseless: boolean }): boolean {
  const matcher = new Matcher([...text], caseless);
  return Array.from({ length: matcher.length + 1 }, (_, start) => start).some(
    (start) => matcher.ends(tree, start).size > 0,
  );
}

class Matcher {
  readonly #text: readonly string[];
  readonly #caseless: boolean;

  constructor(text: readonly string[], caseless: boolean) {
    this.#text = text;
    this.#caseless = caseless;
  }

  get length(): number {
    return this.#text.length;
  }

  /** Where matches of the tree may end that begin at `at`. */
  ends(tree: RegexTree, at: number): ReadonlySet<number> {
    switch (tree.kind) {
      case 'character':
        return this.#one(at, (character) => character === tree.character);
      case 'class':
        return this.#one(at, (character) => tree.has(character));
      case 'not':
        return this.#oneOther(at, (character) => tree.has(character));
      case 'start':
        return here(at, at === 0);
      case 'end':
        return here(at, at === this.length);
      case 'wordEdge':
        return here(at, this.#isWord(at - 1) !== this.#isWord(at));
      case 'sequence':
        return tree.trees.reduce((places, next) => this.#endsFrom(next, places), here(at, true));
      case 'choice':
        return new Set(tree.trees.flatMap((choice) => [...this.ends(choice, at)]));
      case 'group':
        return this.ends(tree.tree, at);
      case 'repeat':
        return this.#repeated(tree.tree, tree.times, at);
    }
  }

  #endsFrom(tree: RegexTree, places: ReadonlySet<number>): ReadonlySet<number> {
    return new Set([...places].flatMap((place) => [...this.ends(tree, place)]));
  }

  #repeated(tree: RegexTree, { least, most }: Times, at: number): ReadonlySet<number> {
    const ends = new Set<number>();
    let places = here(at, true);
    // A repetition that takes nothing gains nothing, so more of them than there are characters are never needed.
    for (let times = 0; times <= Math.min(most, least + this.length); times++) {
      if (times >= least) for (const place of places) ends.add(place);
      places = this.#endsFrom(tree, places);
    }
    return ends;
  }

  #one(at: number, fits: (character: string) => boolean): ReadonlySet<number> {
    return here(at + 1, at < this.length && this.#spellings(at).some(fits));
  }

  /** `[^a]` is what `[a]` is not, so where case is ignored it takes neither `a` nor `A`. */
  #oneOther(at: number, excluded: (character: string) => boolean): ReadonlySet<number> {
    return here(at + 1, at < this.length && !this.#spellings(at).some(excluded));
  }

  /** The character itself and, where case is ignored, its other case: simple folding of letters that have two. */
  #spellings(at: number): readonly string[] {
    const character = this.#text[at] as string;
    return this.#caseless ? [character, character.toLowerCase(), character.toUpperCase()] : [character];
  }

  #isWord(at: number): boolean {
    return isWordCharacter(this.#text[at] ?? '');
  }
}

/** ASCII alone, as RE2 has it for `\w` and `\b`. */
export function isWordCharacter(character: string): boolean {
  return /^[0-9A-Za-z_]$/.test(character);
}

function here(place: number, holds: boolean): ReadonlySet<number> {
  return new Set(holds ? [place] : []);
}
