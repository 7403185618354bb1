import { Composer, type CST, type Document, type YAMLError } from 'yaml';
import type { SyntaxProblem } from './syntax-problem.js';

/**
 * `schema` is fixed so that a `%YAML 1.1` directive cannot turn `yes` into a boolean, and `uniqueKeys` is left to
 * us, because the library compares every key of a mapping with every other.
 */
const OPTIONS = { schema: 'core', merge: false, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;

/** The one document of a text, or what is wrong with its syntax. `length` is that of the text. */
export interface ComposedYaml {
  readonly document: Document.Parsed | undefined;
  readonly problems: readonly SyntaxProblem[];
}

/** Makes nodes of tokens. Stops after more than `errorLimit` errors. */
export function composeYaml(tokens: Iterable<CST.Token>, length: number, errorLimit: number): ComposedYaml {
  const composer = new Composer(OPTIONS);
  stopAfter(composer, errorLimit);
  let first: Document.Parsed | undefined;
  try {
    for (const document of composer.compose(tokens, true, length)) {
      if (first) return { document: first, problems: [...problemsOf(first), secondDocument(document)] };
      first = document;
    }
  } catch (error) {
    if (!(error instanceof TooManyErrors)) throw error;
    return { document: first, problems: [...(first ? problemsOf(first) : []), ...problemsOf(composer.streamInfo())] };
  }
  return { document: first, problems: first ? problemsOf(first) : [] };
}

class TooManyErrors extends Error {}

/**
 * The library makes an Error, stack trace and all, of every mistake: 16 MiB of `]` would be some 10 GB of them. Its
 * composer reports through a property that is not part of its interface; without it we would only be slower.
 */
function stopAfter(composer: Composer, limit: number): void {
  const report: unknown = Reflect.get(composer, 'onError');
  if (typeof report !== 'function') return;
  let count = 0;
  Reflect.set(composer, 'onError', (...mistake: unknown[]) => {
    // Before the report: the composer catches what is thrown in a node, and reports that.
    if (count > limit) throw new TooManyErrors();
    count += 1;
    Reflect.apply(report, composer, mistake);
  });
}

function secondDocument(document: Document.Parsed): SyntaxProblem {
  const message = 'a second YAML document begins here; a file holds one: give the second a file of its own';
  return { at: document.range[0], message };
}

/** Warnings (an unknown tag, an unknown directive) count as errors: what they leave out would be lost in silence. */
function problemsOf({ errors, warnings }: { errors: YAMLError[]; warnings: YAMLError[] }): SyntaxProblem[] {
  return [...errors, ...warnings].map(({ pos, message, code }) => {
    // The bare * for every host, of which YAML makes an alias without a name.
    const advice = code === 'BAD_ALIAS' ? '; put quotes around a text that begins with *' : '';
    return {
      at: pos[0],
      message: `not readable as YAML: ${message.replace(/\s+/g, ' ').slice(0, 300)}${advice}`,
      discreet: `not readable as YAML: ${code.toLowerCase().replaceAll('_', ' ')}`,
    };
  });
}
