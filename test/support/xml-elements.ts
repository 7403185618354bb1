import { SaxesParser } from 'saxes';

/** The texts of a document's elements, by path: `Error/Code`. Of several, the last. Throws where it is not well-formed. */
export function xmlElements(xml: string): Record<string, string> {
  return Object.fromEntries(xmlTexts(xml));
}

/** The texts of a document's elements with their paths, in order. Throws where it is not well-formed. */
export function xmlTexts(xml: string): [path: string, text: string][] {
  const texts: [string, string][] = [];
  const open: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => void open.push(name));
  parser.on('closetag', () => void open.pop());
  parser.on('text', (text) => {
    if (text.trim() !== '') texts.push([open.join('/'), text]);
  });
  parser.write(xml).close();
  return texts;
}
