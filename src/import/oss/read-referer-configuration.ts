import type { ConfigurationProblem, ConfigurationRead, XmlText } from './referer-configuration.js';
import { type RefererElements, readElements } from './referer-elements.js';

/**
 * Reads the document that PutBucketReferer takes and GetBucketReferer gives (Alibaba OSS). Strict: whatever OSS would
 * refuse or misunderstand is a problem, told with its line.
 */
export async function readRefererConfiguration(text: string): Promise<ConfigurationRead> {
  const elements = await readElements(text);
  if ('kind' in elements) return { ok: false, problem: elements };
  const switches = readSwitches(elements);
  if ('kind' in switches) return { ok: false, problem: switches };
  const { RefererList: refererList, RefererBlacklist: refererBlacklist } = elements;
  return { ok: true, configuration: { ...switches, refererList, refererBlacklist } };
}

interface Switches {
  readonly allowEmptyReferer: boolean;
  readonly allowTruncateQueryString: boolean | undefined;
  readonly truncatePath: boolean;
}

function readSwitches(elements: RefererElements): Switches | ConfigurationProblem {
  const { AllowEmptyReferer, AllowTruncateQueryString, TruncatePath } = elements;
  if (AllowEmptyReferer === undefined) {
    return { kind: 'allow-empty-missing', line: 1, problem: '<AllowEmptyReferer> is missing; OSS requires it' };
  }
  const given = { AllowEmptyReferer, AllowTruncateQueryString, TruncatePath };
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && booleanOf(value) === undefined) {
      return { kind: 'not-boolean', line: value.line, problem: `<${name}>: expected true or false` };
    }
  }
  const allowTruncateQueryString = booleanOf(AllowTruncateQueryString);
  const truncatePath = booleanOf(TruncatePath) ?? false;
  if (truncatePath && allowTruncateQueryString === false) return pathWithoutQuery(TruncatePath);
  return { allowEmptyReferer: booleanOf(AllowEmptyReferer) === true, allowTruncateQueryString, truncatePath };
}

/** In any case, as scripts in Python write `True`. */
function booleanOf(given: XmlText | undefined): boolean | undefined {
  const word = given?.text.toLowerCase();
  if (word === 'true') return true;
  return word === 'false' ? false : undefined;
}

function pathWithoutQuery(at: XmlText | undefined): ConfigurationProblem {
  const problem = '<TruncatePath> is true and <AllowTruncateQueryString> false, which OSS refuses: make both true';
  return { kind: 'path-without-query', line: at?.line ?? 1, problem };
}
