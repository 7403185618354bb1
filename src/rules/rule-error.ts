/** One mistake in a rule directory, and where it is. */
export interface RuleError {
  /** The rule directory as the operator gave it, joined with the path below it; the directory itself where it is at fault. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units, as editors count. */
  readonly column: number;
  /** The key at fault, such as `policies[2].referer.allow[0]`; `''` where the file as a whole is meant. */
  readonly path: string;
  /** What is wrong, what was expected, what to do. One line. */
  readonly message: string;
}

/** Something legal that is probably not meant. A policy silences it by its code (`silence: [code]`). */
export interface RuleWarning extends RuleError {
  readonly code: WarningCode;
  /** Name of the other policy that it comes from: the one before it that leaves it nothing. */
  readonly because?: string;
}

/** Every warning, by the code that silences it. `docs/warnings.md` says what each means. */
export const WARNING_CODES = [
  'allow-list-empty',
  'allow-empty-with-deny-list',
  'unreachable-policy',
  'redirect-target-protected',
  'entry-shadowed',
  'entry-denied',
  'public-suffix-entry',
  'open-ended-entry',
  'unanchored-regex',
  'wildcard-in-path',
  'oss-prefix-trap',
  'bot-ranges-missing',
  'unknown-warning-code',
] as const;

/** By which a policy silences a warning. */
export type WarningCode = (typeof WARNING_CODES)[number];

/** Whether a text is the code of a warning. */
export function isWarningCode(text: string): text is WarningCode {
  return (WARNING_CODES as readonly string[]).includes(text);
}

/** One line, in the form that editors and terminals make a link of: `rules/a.yaml:3:5: policies[0].mode: …`. */
export function formatRuleError(error: RuleError): string {
  const key = error.path === '' ? '' : `${error.path}: `;
  return oneLine(`${error.file}:${error.line}:${error.column}: ${key}${error.message}`);
}

/** Order of reports: by file (byte order, as files are read), then by place. */
export function compareRuleErrors(a: RuleError, b: RuleError): number {
  if (a.file !== b.file) return Buffer.compare(Buffer.from(a.file), Buffer.from(b.file));
  return a.line - b.line || a.column - b.column;
}

/** A file's name may hold a line break, and a log line must not. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
