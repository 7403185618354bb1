import { randomBytes } from 'node:crypto';

/** An id of a request in the form of Alibaba OSS: 24 hexadecimal digits. */
export function ossRequestId(): string {
  return randomBytes(12).toString('hex').toUpperCase();
}

/**
 * The error document of Alibaba OSS, with its elements in the order given. No namespace: SDKs look for `Error/Code` by
 * the plain name.
 *
 * @param elements - name and text; names must be names of XML, texts may hold anything
 */
export function ossErrorDocument(elements: Iterable<readonly [name: string, text: string]>): string {
  const lines = Array.from(elements, ([name, text]) => `  <${name}>${xmlText(text)}</${name}>\n`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>\n${lines.join('')}</Error>\n`;
}

/** What XML 1.0 §2.2 has no place for in any spelling. */
const NO_XML_CHARACTER = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/** Any text as the content of an element; readers get it back, but for U+FFFD in place of what is no character of XML. */
export function xmlText(text: string): string {
  return text.replaceAll(NO_XML_CHARACTER, '\ufffd').replaceAll(/[&<>\r]/g, (character) => ENTITIES[character] ?? '');
}
