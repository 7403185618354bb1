import { readFileSync } from 'node:fs';
import { fromRoot } from '../support/paths.js';

/** A step of a guide, in the order of the page. */
export type Step =
  /** A fenced block whose first line is a comment with the name of the file that it is. */
  | { readonly kind: 'file'; readonly name: string; readonly text: string }
  /** A shell block; `prints`: the `text` block right behind it. */
  | { readonly kind: 'commands'; readonly text: string; readonly prints: string | undefined };

/** The fenced blocks of a page that are steps: files, and shell commands with what they print. */
export function stepsOf(page: string): Step[] {
  const blocks = [
    ...readFileSync(fromRoot(page), 'utf8').matchAll(/^```(\w+)\n([\s\S]*?)^```$(?:\n\n```text\n([\s\S]*?)^```$)?/gm),
  ];
  return blocks.flatMap(([, language, text = '', prints]): Step[] => {
    if (language === 'sh') return [{ kind: 'commands', text, prints }];
    const name = /^# (\S+\.\w+)\n/.exec(text)?.[1];
    return name === undefined ? [] : [{ kind: 'file', name, text }];
  });
}
