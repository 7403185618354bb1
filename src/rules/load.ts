import { createHash } from 'node:crypto';
import type { CompiledRules } from '../model/snapshot.js';
import { type BotDirectory, listBotFiles } from './bots/list-bot-files.js';
import { loadBotRanges } from './bots/load-bot-ranges.js';
import type { LoadedPolicy } from './compile/compile-policy.js';
import { compileRules } from './compile/compile-rules.js';
import type { ListParts } from './compile/list-parts.js';
import { Findings } from './findings.js';
import { LIMITS, type Limits } from './limits.js';
import { lint } from './lint/lint.js';
import { loadRuleFile } from './load-rule-file.js';
import { type LoadSession, Tally } from './load-session.js';
import { hasChanged } from './read/has-changed.js';
import { holdRuleFiles } from './read/hold-rule-files.js';
import { type ListedFile, listRuleFiles, type Unlisted } from './read/list-rule-files.js';
import { lay, type Overlay } from './read/overlay.js';
import { compareRuleErrors, type RuleError, type RuleWarning } from './rule-error.js';

/** What is loaded beside the rules, and what tests, and tools for empty folders, do otherwise. */
export interface LoadOptions {
  /** Directory of the address ranges of bots; without one, `exempt.verifiedBots` holds for none. */
  readonly botRanges?: string | undefined;
  /** A directory without any rule file is no error: somebody is about to write the first one. */
  readonly allowEmpty?: boolean;
  /** Contents in place of those of rule files: tells what would come of writing them. */
  readonly overlay?: Overlay;
  /** What earlier loads have compiled. */
  readonly parts?: ListParts;
  /** Other limits than those of the table. */
  readonly limits?: Partial<Limits>;
}

/** `digest` names the content that was read: where it is equal, so are the rules. Errors and warnings are in order. */
export type LoadResult =
  | {
      readonly ok: true;
      readonly rules: CompiledRules;
      readonly warnings: readonly RuleWarning[];
      readonly digest: string;
    }
  | {
      readonly ok: false;
      readonly errors: readonly RuleError[];
      /** `unreadable`: a directory itself; `invalid`: what is in it. */
      readonly reason: 'unreadable' | 'invalid';
      readonly digest: string;
    };

/**
 * From a directory to compiled rules: list, read, parse, validate, compile. All files or none, and all their errors
 * together; the ranges of bots are files like the others. When a directory has changed meanwhile, everything is read
 * again, first into memory where that is possible, so that the result is of one moment: half of an old release and half
 * of a new one may be valid and right for nobody. Never throws for what is in files.
 */
export async function loadRules(dir: string, options: LoadOptions = {}): Promise<LoadResult> {
  const limits = { ...LIMITS, ...options.limits };
  for (let attempt = 1; attempt <= limits.readAttempts; attempt++) {
    const listing = await listRuleFiles(dir);
    if ('unreadable' in listing) return unreadable(dir, describeUnlisted(listing, options));
    const bots = await listBotFiles(options.botRanges);
    if (bots !== undefined && 'unreadable' in bots) return unreadable(bots.dir, bots.unreadable);
    const session = await newSession(dir, bots, limits, options.parts);
    const found = attempt === 1 ? listing.files : ((await holdRuleFiles(dir)) ?? listing.files);
    const files = lay(options.overlay, found);
    const loaded = await loadFiles(files, session);
    if (await isOfTwoMoments(found, session)) continue;
    if (bots !== undefined && (await hasChanged(bots))) continue;
    if (files.length === 0 && !options.allowEmpty) reportEmpty(session);
    return await conclude(loaded, session);
  }
  const what = options.botRanges === undefined ? 'the rule directory' : 'the rule directory or that of the bot ranges';
  return unreadable(dir, `${what} changed each of the ${limits.readAttempts} times it was read; let it come to rest`);
}

/** What is held is of one moment, whatever happened since, unless other files were read beside it. */
async function isOfTwoMoments(files: readonly ListedFile[], { dir, identities }: LoadSession): Promise<boolean> {
  const isHeld = identities.size === 0 && files.some(({ content }) => content !== undefined);
  return !isHeld && (await hasChanged({ dir, files, identities }));
}

/** A session that knows the bots already, since policies are compiled with their ranges. */
export async function newSession(
  dir: string,
  bots: BotDirectory | undefined,
  limits: Limits,
  parts: ListParts = new Map(),
): Promise<LoadSession> {
  const findings = new Findings(limits.errors);
  const digest = createHash('sha256');
  return {
    dir,
    limits,
    findings,
    tally: new Tally(limits),
    digest,
    identities: new Map(),
    bots: bots === undefined ? new Map() : await loadBotRanges(bots, { findings, digest, limits }),
    names: new Map(),
    parts,
  };
}

/** One file after the other: only the policies of the others are in memory meanwhile, not their text. */
async function loadFiles(files: readonly ListedFile[], session: LoadSession): Promise<LoadedPolicy[]> {
  const loaded: LoadedPolicy[] = [];
  for (const file of files) await loadRuleFile(file, session, loaded);
  return loaded;
}

/** What came of a session, once all its files are loaded. */
export async function conclude(loaded: readonly LoadedPolicy[], session: LoadSession): Promise<LoadResult> {
  const { findings, tally, digest } = session;
  if (findings.errors.length > 0) {
    const errors = findings.errors.sort(compareRuleErrors);
    return { ok: false, errors, reason: 'invalid', digest: digest.digest('hex') };
  }
  const rules = compileRules(loaded, tally.entries);
  const warnings = [...findings.warnings, ...(await lint(loaded, rules))].sort(compareRuleErrors);
  return { ok: true, rules, warnings, digest: digest.digest('hex') };
}

function describeUnlisted(listing: Unlisted, { allowEmpty = false }: LoadOptions): string {
  return `the rule directory ${listing.unreadable}${listing.absent && allowEmpty ? '; make it, it may be empty' : ''}`;
}

function reportEmpty({ dir, findings }: LoadSession): void {
  const message =
    'no rule file (*.yaml, *.yml or *.json) in this directory; "policies: []" in one says that there are no rules';
  findings.add({ file: dir, line: 1, column: 1, path: '', message });
}

function unreadable(dir: string, message: string): LoadResult {
  const digest = createHash('sha256').update(message).digest('hex');
  return { ok: false, errors: [{ file: dir, line: 1, column: 1, path: '', message }], reason: 'unreadable', digest };
}
