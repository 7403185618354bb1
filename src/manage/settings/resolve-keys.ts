import type { FileFindings } from '../../rules/findings.js';
import { formatKeyPath, type KeyPath, quote } from '../../rules/key-path.js';
import type { RuleError } from '../../rules/rule-error.js';
import type { Draft } from '../../rules/validate/draft.js';
import { nearestWord } from '../../rules/validate/nearest-word.js';
import type { AccessKey, Role, Token } from './manage-settings.js';
import { readSecret } from './read-secret.js';
import type { ManageSettingsSource } from './settings-schema.js';
import { canonicalDomain, type Site } from './site.js';

/** What the rights of keys are checked against. */
export interface KeyScope {
  /** The settings file. */
  readonly file: string;
  readonly findings: FileFindings;
  /** Takes what is wrong with secrets that work. */
  readonly warnings: RuleError[];
  readonly buckets: readonly Site[];
  readonly domains: readonly Site[];
}

/** The access keys with their secrets, without those that are wrong. */
export async function accessKeysOf(source: Draft<ManageSettingsSource>, scope: KeyScope): Promise<AccessKey[]> {
  const keys: AccessKey[] = [];
  const seen = new Map<string, KeyPath>();
  for (const [position, key] of (source.accessKeys ?? []).entries()) {
    if (key === undefined) continue;
    const path = ['accessKeys', position];
    const secret = await readSecret(key, { ...scope, path });
    checkOnce({ text: key.id, what: 'id', path: [...path, 'id'], seen }, scope.findings);
    const buckets = rightsOf({ written: key.buckets, listed: scope.buckets, path: [...path, 'buckets'] }, scope);
    const domains = rightsOf({ written: key.domains, listed: scope.domains, path: [...path, 'domains'] }, scope);
    if (key.id !== undefined && secret !== undefined) keys.push({ id: key.id, secret, buckets, domains });
  }
  return keys;
}

/** The tokens with their secrets, without those that are wrong. */
export async function tokensOf(source: Draft<ManageSettingsSource>, scope: KeyScope): Promise<Token[]> {
  const tokens: Token[] = [];
  const seen = new Map<string, KeyPath>();
  const secrets = new Map<string, KeyPath>();
  for (const [position, token] of (source.tokens ?? []).entries()) {
    if (token === undefined) continue;
    const path = ['tokens', position];
    const secret = await readSecret(token, { ...scope, path });
    checkOnce({ text: token.name, what: 'name', path: [...path, 'name'], seen }, scope.findings);
    // A request carries the secret alone, so that it would be anybody's guess whose it is.
    checkOnce({ text: secret, what: 'secret', path, seen: secrets }, scope.findings);
    const { name, role } = token;
    if (name !== undefined && role !== undefined && secret !== undefined) tokens.push({ name, role, secret });
  }
  return tokens;
}

interface Once {
  readonly text: string | undefined;
  readonly what: string;
  readonly path: KeyPath;
  /** The places of the texts so far. */
  readonly seen: Map<string, KeyPath>;
}

/** The text itself is not in the message: it may be a secret under the wrong key. */
function checkOnce({ text, what, path, seen }: Once, findings: FileFindings): void {
  if (text === undefined) return;
  const before = seen.get(text);
  if (before === undefined) seen.set(text, path);
  else findings.wrong(path, `this ${what} is already that of ${formatKeyPath(before.slice(0, 2))}`);
}

interface WrittenRights {
  readonly written: Readonly<Record<string, Role | undefined>> | undefined;
  readonly listed: readonly Site[];
  readonly path: KeyPath;
}

function rightsOf({ written, listed, path }: WrittenRights, { findings }: KeyScope): Map<string, Role> {
  const rights = new Map<string, Role>();
  const what = String(path.at(-1));
  const names = listed.map(({ name }) => name);
  for (const [key, role] of Object.entries(written ?? {})) {
    const name = what === 'domains' ? (canonicalDomain(key) ?? key) : key;
    if (name !== '*' && !names.includes(name)) {
      const meant = nearestWord(name, names);
      const advice = meant === undefined ? `list it there, or leave it out here` : `did you mean ${quote(meant)}?`;
      findings.wrongKey([...path, key], `it is not listed under ${quote(what)}; ${advice}`);
    } else if (rights.has(name)) findings.wrongKey([...path, key], 'the rights to it are given already');
    else if (role !== undefined) rights.set(name, role);
  }
  return rights;
}
