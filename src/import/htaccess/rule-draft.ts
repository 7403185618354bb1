import type { PathCondition } from './match-scope.js';
import type { RefererExpression } from './referer-entries.js';

/** What the conditions of a rule come to, as they are read. The rule denies what the draft says. */
export interface RuleDraft {
  /** `!^$`: an empty Referer is not denied. */
  sparesEmpty: boolean;
  /** `^$` among alternatives: an empty Referer is denied. */
  deniesEmpty: boolean;
  /** Negated ones: each of them lets a Referer pass. */
  readonly allow: RefererExpression[];
  /** Alternatives, each of which denies; `undefined`: no condition of the kind. */
  deny: RefererExpression[] | undefined;
  readonly hosts: string[];
  readonly methods: string[];
  readonly userAgents: string[];
  readonly clientIps: string[];
  /** Of the path, beside the pattern of the rule itself. */
  readonly paths: PathCondition[];
  /** Paths that the rule spares. */
  readonly spared: PathCondition[];
}

export function emptyDraft(): RuleDraft {
  return {
    sparesEmpty: false,
    deniesEmpty: false,
    allow: [],
    deny: undefined,
    hosts: [],
    methods: [],
    userAgents: [],
    clientIps: [],
    paths: [],
    spared: [],
  };
}
