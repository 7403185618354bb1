/** The way from the root of a rule file to a value: keys of mappings and positions in lists. */
export type KeyPath = readonly (string | number)[];

const PLAIN_KEY = /^[\w$-]{1,64}$/;

/** `policies[2].referer.allow[0]`; a key of other characters is quoted: `onDeny["a key"]`. */
export function formatKeyPath(path: KeyPath): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (PLAIN_KEY.test(part)) text += text === '' ? part : `.${part}`;
    else text += `[${quote(part)}]`;
  }
  return text;
}

const LONGEST_QUOTE = 100;

/** Text of a file inside a message: in quotes, control characters escaped, and never longer than a line should be. */
export function quote(text: string): string {
  return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
}
