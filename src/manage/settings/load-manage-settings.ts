import { FileFindings, Findings } from '../../rules/findings.js';
import { LIMITS } from '../../rules/limits.js';
import { parseYaml } from '../../rules/parse/parse-yaml.js';
import type { ParsedYaml } from '../../rules/parse/syntax-problem.js';
import { toPlain } from '../../rules/parse/syntax-tree.js';
import { compareRuleErrors, type RuleError } from '../../rules/rule-error.js';
import { checkSchema } from '../../rules/validate/check-schema.js';
import { type Draft, leaveOut } from '../../rules/validate/draft.js';
import { checkSites } from './check-sites.js';
import { describeKind } from './describe-kind.js';
import { hideKeys } from './hide-keys.js';
import { locateManaged } from './locate-managed.js';
import type { Bucket, Domain, ManageSettings } from './manage-settings.js';
import { readSettingsFile } from './read-settings-file.js';
import { accessKeysOf, tokensOf } from './resolve-keys.js';
import { type ManageSettingsSource, manageSettingsSchema, secretLists } from './settings-schema.js';
import { bucketsOf, domainsOf, type Site } from './site.js';

/** Where the settings are, and the rule folder that they are about. */
export interface SettingsPlace {
  /** The settings file, as the operator gave it. */
  readonly file: string;
  /** The rule folder. */
  readonly rules: string;
}

/** Errors and warnings are in order, and hold no part of a secret. `warnings`: secrets that work and others may know. */
export type ManageSettingsResult =
  | { readonly ok: true; readonly settings: ManageSettings; readonly warnings: readonly RuleError[] }
  | { readonly ok: false; readonly errors: readonly RuleError[] };

/**
 * Reads the settings of the management listener and the secrets that they name; all mistakes together. Never throws for
 * what is in files.
 */
export async function loadManageSettings(place: SettingsPlace): Promise<ManageSettingsResult> {
  const all = new Findings(LIMITS.errors);
  const text = await readSettingsFile(place.file, all);
  const warnings: RuleError[] = [];
  const settings = text === undefined ? undefined : await readSettings(text, place, { all, warnings });
  if (settings !== undefined && all.errors.length === 0) {
    return { ok: true, settings, warnings: warnings.sort(compareRuleErrors) };
  }
  return { ok: false, errors: all.errors.sort(compareRuleErrors) };
}

const expected = '"accessKeys:", "tokens:", "buckets:" or "domains:" and a list';

/** What is said about the settings. */
interface Said {
  readonly all: Findings;
  readonly warnings: RuleError[];
}

async function readSettings(text: string, place: SettingsPlace, said: Said): Promise<ManageSettings | undefined> {
  const parsed = discreet(await parseYaml(text, LIMITS, expected));
  const findings = new FileFindings(said.all, { file: place.file, text, parsed });
  if (parsed.root === undefined) return undefined;
  const value = toPlain(parsed.root);
  const wrong = checkSchema(manageSettingsSchema, value, [], findings, describeKind);
  // Whatever the schema refused is left out, so the rest has the draft's type.
  const source = (leaveOut(value, wrong) ?? {}) as Draft<ManageSettingsSource>;
  const managed = await locateManaged(place.rules, source.managed ?? 'managed');
  if ('problem' in managed) findings.wrong(['managed'], managed.problem);
  const buckets = bucketsOf(source, findings);
  const domains = domainsOf(source, findings);
  checkSites(buckets, domains, findings);
  const scope = { file: place.file, findings, warnings: said.warnings, buckets, domains };
  const accessKeys = await accessKeysOf(source, scope);
  return {
    managed: 'folder' in managed ? managed.folder : '',
    readOnly: source.readOnly ?? false,
    maxSkewSeconds: source.maxSkewSeconds ?? 900,
    requestsPerSecond: source.requestsPerSecond ?? 50,
    accessKeys: new Map(accessKeys.map((key) => [key.id, key])),
    tokens: await tokensOf(source, scope),
    buckets: byName(buckets),
    domains: byName(domains),
  };
}

/** Without the words of the file that errors of its syntax would quote. */
function discreet({ root, problems }: ParsedYaml): ParsedYaml {
  return {
    root: root && hideKeys(root, secretLists),
    problems: problems.map(({ at, path, message, discreet }) => ({
      at,
      path: path ?? [],
      message: discreet ?? message,
    })),
  };
}

function byName(sites: readonly Site[]): Map<string, Bucket & Domain> {
  return new Map(
    sites.map(({ name, policy = '', hosts }) => [name, { name, policy, hosts: hosts.map(({ text }) => text) }]),
  );
}
