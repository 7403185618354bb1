import { SaxesParser } from 'saxes';

/** The texts of a document's elements, by path: `Error/Code`. Throws where it is not well-formed. */
export function xmlElements(xml: string): Record<string, string> {
  const elements: Record<string, string> = {};
  const open: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => void open.push(name));
  parser.on('closetag', () => void open.pop());
  parser.on('text', (text) => {
    if (text.trim() !== '') elements[open.join('/')] = text;
  });
  parser.write(xml).close();
  return elements;
}
