/**
 * How much a rule directory may hold. Every limit has an error of its own, so that an operator who meets one learns
 * which; together they bound the memory and the time that one load can cost, whoever wrote the files.
 */
export interface Limits {
  /** Bytes of one rule file. */
  readonly ruleFileBytes: number;
  /** Bytes of one list file, which is streamed and never held in memory. */
  readonly listFileBytes: number;
  /** Bytes of one file of bot ranges; those that are published have some 20 KB. */
  readonly botRangeFileBytes: number;
  /** Address ranges of one bot. */
  readonly botRanges: number;
  /** Policies of all files. */
  readonly policies: number;
  /** Entries of all lists of all policies, those of list files included. */
  readonly entries: number;
  /** Entries written in rule files themselves; more belong in a list file, which costs no syntax tree. */
  readonly inlineEntries: number;
  /** Steps of all regular expressions in lists; each takes some 200 bytes of memory, and 45,000 usual ones fit. */
  readonly regexInstructions: number;
  /** UTF-8 bytes of one pattern: an entry, a host, a glob. */
  readonly patternBytes: number;
  /**
   * Different request headers that the conditions of all policies read. Answers name them in `vary`, and proxies take
   * some 100 headers in a request; without a bound 100,000 policies for one host could read 100,000 headers each.
   */
  readonly headerNames: number;
  /** Mappings and lists inside each other, the outermost included. */
  readonly nesting: number;
  /** YAML aliases (`*name`) in one file. */
  readonly aliases: number;
  /** Values that the aliases of one file stand for, counted each time: stops a bomb of fewer than 100 aliases. */
  readonly aliasedValues: number;
  /**
   * Words and marks of one rule file, each of which costs some 200 bytes of memory: 16 MiB of `5,` would be 25 million.
   * Rules need less: 76,000 policies in 16 MiB are 5 million.
   */
  readonly tokens: number;
  /** Items of one list of a rule file. */
  readonly listItems: number;
  /** Errors of one load; a file that makes more is not looked at further. */
  readonly errors: number;
  /** Syntax errors of one rule file, and errors of one list file, that are told one by one. */
  readonly errorsShown: number;
  /** How often a directory that changes under our hands is read before we give up. */
  readonly readAttempts: number;
}

const MIB = 1024 * 1024;

/** The limits in force; tests give others. */
export const LIMITS: Limits = {
  ruleFileBytes: 16 * MIB,
  listFileBytes: 1024 * MIB,
  botRangeFileBytes: 16 * MIB,
  botRanges: 100_000,
  policies: 100_000,
  entries: 10_000_000,
  inlineEntries: 100_000,
  regexInstructions: 1_000_000,
  patternBytes: 4_096,
  headerNames: 256,
  nesting: 32,
  aliases: 100,
  aliasedValues: 1_000_000,
  tokens: 8_000_000,
  listItems: 100_000,
  errors: 10_000,
  errorsShown: 20,
  readAttempts: 12,
};

/** A limit as people read it: `100,000`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** A byte limit as people read it: `16 MiB`, `4,096 bytes`. */
export function formatBytes(bytes: number): string {
  return bytes % MIB === 0 && bytes > 0 ? `${formatCount(bytes / MIB)} MiB` : `${formatCount(bytes)} bytes`;
}
