import { quote } from '../key-path.js';
import { isWarningCode, WARNING_CODES } from '../rule-error.js';
import { nearestWord } from '../validate/nearest-word.js';
import type { PolicyWarnings } from './policy-warnings.js';

/**
 * A code that there is not silences nothing. It is no error: rules that silence a warning of a newer version must load
 * in this one.
 */
export function lintSilence(codes: readonly (string | undefined)[], warnings: PolicyWarnings): void {
  for (const [position, code] of codes.entries()) {
    if (code === undefined || isWarningCode(code)) continue;
    const meant = nearestWord(code, WARNING_CODES);
    const advice = meant === undefined ? '; leave it out' : ` (did you mean ${meant}?)`;
    warnings.warn('unknown-warning-code', ['silence', position], `no warning has the code ${quote(code)}${advice}`);
  }
}
