import { LIMITS } from '../../rules/limits.js';
import { parseYaml } from '../../rules/parse/parse-yaml.js';
import { TextLines } from '../../rules/read/text-lines.js';
import { ImportProblem } from '../import-problem.js';
import { JsonValue } from './json-value.js';

/** A configuration of 100,000 entries in lists of their own has fewer; each costs some 200 bytes. */
const limits = { ...LIMITS, tokens: 2_000_000 };

/**
 * Reads JSON by the reader of rule files, since it knows where each value stands. JSON is YAML, so a missing quote may
 * pass; a text that is not even begun as JSON does not.
 *
 * @throws ImportProblem
 */
export async function readJson(text: string): Promise<JsonValue> {
  const lines = new TextLines(text);
  const lineAt = (offset: number): number => lines.locate(offset).line;
  if (!/^\s*[[{]/.test(text)) throw new ImportProblem('not JSON: expected { or [ at the beginning', 1);
  const { root, problems } = await parseYaml(text, limits);
  const [problem] = problems;
  if (root === undefined || problem !== undefined) {
    const problemText = `not readable as JSON (with each key once in its object, and at most ${limits.nesting} levels)`;
    throw new ImportProblem(problemText, lineAt(problem?.at ?? 0));
  }
  return new JsonValue(root, lineAt);
}

/** Reads JSON that stands in a string of other JSON; all of it is at the string's line. */
export async function readNestedJson(value: JsonValue): Promise<JsonValue> {
  try {
    return (await readJson(value.text())).movedTo(value.line);
  } catch (error) {
    if (error instanceof ImportProblem) throw new ImportProblem(`the text here is ${error.message}`, value.line);
    throw error;
  }
}
