import type { KeyPath } from '../key-path.js';
import type { PolicyDraft } from '../validate/validate.js';

/** An entry that stands in the rule file itself. */
export interface InlineText {
  /** White space at both ends removed. */
  readonly text: string;
  /** The way from the policy to the entry. */
  readonly path: KeyPath;
}

/** The inline entries of a policy's lists, each in order. */
export interface InlineLists {
  readonly allow: readonly InlineText[];
  readonly deny: readonly InlineText[];
}

/** The entries of a list without what it takes from files and presets. */
export function inlineTexts(
  list: keyof InlineLists,
  items: NonNullable<PolicyDraft['referer']>['allow'],
): InlineText[] {
  return (items ?? []).flatMap((item, position) =>
    typeof item === 'string' ? [{ text: item.trim(), path: ['referer', list, position] }] : [],
  );
}
