import { Document, isCollection, Scalar, visit } from 'yaml';

/**
 * Texts that YAML 1.1 reads as something else (`yes`, `0x10`) are quoted, since other tools may read the files so. An
 * object that is in two places is written twice, and not with an alias.
 */
const SCHEMA = { schema: 'core', compat: 'yaml-1.1', aliasDuplicateObjects: false } as const;

/** Long texts are not folded. */
const UNFOLDED = { lineWidth: 0, flowCollectionPadding: false } as const;

const ONE_LINE = { ...UNFOLDED, blockQuote: false, doubleQuotedMinMultiLineLength: Number.POSITIVE_INFINITY } as const;

/** A value in block style, each line indented and ended: `- a.example\n- b.example\n`. */
export function renderBlock(value: unknown, indent: number): string {
  const document = new Document(value, SCHEMA);
  visit(document, { Scalar: (_, scalar) => quote(scalar, OPEN_END) });
  const text = document.toString(UNFOLDED);
  return text.replace(/^(?=[^\r\n])/gm, ' '.repeat(indent));
}

/** A value on one line, as it stands outside of brackets. `like`: a scalar whose quotes are kept. */
export function renderInline(value: unknown, like?: unknown): string {
  const document = new Document(value, SCHEMA);
  if (isCollection(document.contents)) document.contents.flow = true;
  if (document.contents instanceof Scalar && isQuoted(like) && typeof value === 'string') {
    document.contents.type = like.type;
  }
  visit(document, { Scalar: (_, scalar) => quote(scalar, LINE_BREAK) });
  return document.toString(ONE_LINE).replace(/\n$/, '');
}

/** Between double quotes a line break has a form that takes no new line. */
const LINE_BREAK = /[\r\n]/;

/** Written as a block (`|+`), such a text would take in the empty lines that follow it. */
const OPEN_END = /(?:^|\n)[ \t]*\n$/;

function quote(scalar: Scalar, texts: RegExp): void {
  if (typeof scalar.value === 'string' && texts.test(scalar.value)) scalar.type = 'QUOTE_DOUBLE';
}

function isQuoted(node: unknown): node is Scalar & { type: 'QUOTE_SINGLE' | 'QUOTE_DOUBLE' } {
  return node instanceof Scalar && (node.type === 'QUOTE_SINGLE' || node.type === 'QUOTE_DOUBLE');
}

/** A value as it stands between brackets, where more texts need quotes: `"a, b"`. */
export function renderInFlow(value: unknown): string {
  return renderInline([value]).slice(1, -1);
}
