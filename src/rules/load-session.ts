import type { BotRanges } from './bots/bot-ranges.js';
import type { ListParts } from './compile/list-parts.js';
import { Findings, type Place } from './findings.js';
import type { Limits } from './limits.js';
import type { ListFileRead } from './load/list-file-read.js';
import { Tally } from './tally.js';

/** What the load of one rule file carries from policy to policy. */
export interface LoadSession {
  /** The rule directory as the operator gave it. */
  readonly dir: string;
  readonly limits: Limits;
  readonly findings: Findings;
  readonly tally: Tally;
  /** Whom `exempt.verifiedBots` can name. */
  readonly bots: BotRanges;
  /** Large list files that need not be compiled again. */
  readonly parts: ListParts;
  /** The names of the policies, in their order. */
  readonly names: PolicyName[];
  /** The list files that were read. */
  readonly lists: ListFileRead[];
}

/** The name of a policy, and where it stands. */
export interface PolicyName {
  readonly name: string;
  readonly place: Place;
}

/** What files are loaded with. */
export type SessionScope = Pick<LoadSession, 'dir' | 'limits' | 'bots' | 'parts'>;

/** A session in which nothing has been loaded yet. */
export function newSession({ dir, limits, bots, parts }: SessionScope): LoadSession {
  const findings = new Findings(limits.errors);
  return { dir, limits, findings, tally: new Tally(limits), bots, parts, names: [], lists: [] };
}
