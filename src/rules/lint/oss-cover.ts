import type { InlineText } from './inline-texts.js';

/** An entry as it is compared, without what changes nothing: case, and asterisks at the end. */
interface OssText extends InlineText {
  readonly compared: string;
}

/**
 * Finds the entry of a list whose text another entry begins with, so that it covers it. Of entries with wildcards only
 * the same text again is found.
 */
export class OssCover {
  /** Sorted, and none begins with another, so that only the last one before a text can be its beginning. */
  readonly #beginnings: OssText[] = [];
  /** The first of each text. */
  readonly #texts = new Map<string, OssText>();

  constructor(list: readonly InlineText[]) {
    for (const item of list) {
      const compared = comparedText(item.text);
      if (!this.#texts.has(compared)) this.#texts.set(compared, { ...item, compared });
    }
    const literal = [...this.#texts.values()].filter(({ compared }) => !/[*?]/.test(compared));
    for (const text of literal.sort((a, b) => (a.compared < b.compared ? -1 : 1))) {
      const last = this.#beginnings.at(-1);
      if (last === undefined || !text.compared.startsWith(last.compared)) this.#beginnings.push(text);
    }
  }

  /** An entry other than this one that covers it; of equal ones, the first. */
  find(item: InlineText): InlineText | undefined {
    const compared = comparedText(item.text);
    const beginning = this.#lastBefore(compared);
    const cover = beginning && compared.startsWith(beginning.compared) ? beginning : this.#texts.get(compared);
    return cover?.path === item.path ? undefined : cover;
  }

  #lastBefore(compared: string): OssText | undefined {
    let low = 0;
    let high = this.#beginnings.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#beginnings[middle]?.compared ?? '') <= compared) low = middle + 1;
      else high = middle;
    }
    return this.#beginnings[low - 1];
  }
}

function comparedText(text: string): string {
  return text.replace(/\*+$/, '').toLowerCase();
}
