import { printable, shortened } from '../../../../printable.js';

/** A text of the request in the log: in quotes, safe to show, and not too long. */
export function quoted(text: string): string {
  return `"${printable(shortened(text, 100))}"`;
}
