/** Why a pattern cannot be used: what was wrong and what to write instead, lower case, no full stop. */
export interface PatternProblem {
  readonly problem: string;
}

/** Tells a problem from whatever a parser returns when all is well. */
export function isProblem(result: object): result is PatternProblem {
  return 'problem' in result;
}
