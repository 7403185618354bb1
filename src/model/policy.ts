import type { AddressMatcher, EntryMatcher, HostMatcher, TextMatcher } from './matchers.js';

/** A verdict. */
export type Action = 'allow' | 'deny';
/** Whether a deny is enforced, or only told and let through. */
export type Mode = 'enforce' | 'shadow';
/** What an empty Referer gets; `verify`: what the browser's other headers say of it. */
export type EmptyAnswer = Action | 'verify';

/** A policy, compiled: every text of the rule file is turned into what the request path asks. Immutable. */
export interface Policy {
  readonly name: string;
  /** Position among all policies: file order, then list order. */
  readonly position: number;
  readonly mode: Mode;
  readonly match: MatchConditions;
  readonly referer: RefererRules;
  readonly exempt: Exemptions;
  readonly onDeny: DenyAnswer;
  /** Names of the request headers that the answer depends on, for `vary`: lower case, `referer` first. */
  readonly headersRead: readonly string[];
}

/** What a request must be like. All that are given must hold. */
export interface MatchConditions {
  /** Of nested conditions alone: what a policy itself names, the host index has seen to. */
  readonly hosts?: HostMatcher;
  readonly paths?: TextMatcher;
  /** Lower case, without the dot. */
  readonly extensions?: ReadonlySet<string>;
  /** Upper case. */
  readonly methods?: ReadonlySet<string>;
  /** Lower case. */
  readonly schemes?: ReadonlySet<string>;
  readonly clientIps?: AddressMatcher;
  /** Names in lower case. */
  readonly headers?: readonly ValueCondition[];
  readonly query?: readonly ValueCondition[];
  readonly cookies?: readonly ValueCondition[];
  /** Values of Sec-Fetch-Dest, lower case. */
  readonly destinations?: ReadonlySet<string>;
  /** At least one of these must hold. */
  readonly any?: readonly MatchConditions[];
  /** Each of these must hold. */
  readonly all?: readonly MatchConditions[];
  /** This must not hold. */
  readonly not?: MatchConditions;
}

/** What a header, a query parameter or a cookie must be like. */
export interface ValueCondition {
  readonly name: string;
  /** True: there must be one, be it empty; false: there must be none; else what one of its values must match. */
  readonly expected: boolean | TextMatcher;
}

/** The `referer` of a policy, by its dialect. */
export type RefererRules = HostRules | OssRules;

/** Entries are hosts, and Referers URLs. */
export interface HostRules extends RefererAnswers {
  readonly dialect: 'host';
  /** `undefined`: not given. A list of no entries is given and matches nothing. */
  readonly allow: EntryMatcher | undefined;
  readonly deny: EntryMatcher | undefined;
  readonly ignoreScheme: boolean;
  /** Schemes in which a Referer is readable: `http`, `https` and those that entries name. Lower case. */
  readonly schemes: ReadonlySet<string>;
}

/** Entries and Referers are texts. */
export interface OssRules extends RefererAnswers {
  readonly dialect: 'oss';
  /** `undefined`: not given, or without entries, which is the same; then `absent` and `blank` are `allow`. */
  readonly allow: EntryMatcher<string> | undefined;
  readonly deny: EntryMatcher<string> | undefined;
  readonly truncate: Truncation;
}

/** What of a Referer is not compared: its query, or all that follows the slash after its host. */
export type Truncation = 'nothing' | 'query' | 'path';

/** What Referers get, whatever the entries look like. */
export interface RefererAnswers {
  /** Answer for a request without a Referer header. */
  readonly absent: EmptyAnswer;
  /** Answer for a Referer of nothing but white space. */
  readonly blank: EmptyAnswer;
  /** Answer under `verify` where nothing speaks for or against the request. */
  readonly verifyFallback: Action;
  readonly invalid: 'lists' | Action;
  readonly allowSelf: boolean;
}

/** The `exempt` of a policy: which requests are not checked. */
export interface Exemptions {
  /** True: a request with a non-empty Authorization header is not checked. */
  readonly authorization: boolean;
  /** Upper case. */
  readonly methods: ReadonlySet<string>;
  readonly clientIps?: AddressMatcher;
  /** Given texts in lower case. */
  readonly userAgents?: TextMatcher;
  /** Given when the policy names bots, also when the ranges of none are known. */
  readonly verifiedBots?: readonly VerifiedBot[];
  /** The policy's own redirect target, never sent to itself. */
  readonly redirectTarget?: RedirectTarget;
}

/** A crawler that is known by its name and by where it comes from. */
export interface VerifiedBot {
  /** As its user agent says it, in lower case: letters, digits, `_` and `-`. */
  readonly name: string;
  /** The address ranges that its operator publishes. */
  readonly ranges: AddressMatcher;
}

/** Where `onDeny.redirect` leads. */
export interface RedirectTarget {
  /** Normalised as a request's host is. */
  readonly host: string;
  /** Normalised as a request's path is. */
  readonly path: string;
  /** In its normal spelling, without the question mark; `undefined` when the target has no query, and then any query is the target's. */
  readonly query: string | undefined;
}

/** What a denied client gets. */
export interface DenyAnswer {
  /** 400 to 499, or with a location 301, 302, 303, 307, 308. */
  readonly status: number;
  readonly location: string | undefined;
  /** Every header of the answer but `location`, names in lower case, `cache-control` and `vary` included. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
  /** Given: the body is made for each answer, with headers that go with it, and `body` is `''`. */
  readonly format?: 'oss-xml';
}
