import type { AuthenticationFailure, ManageContext } from '#refgate/manage/manage-context.js';
import type { ManageSettings } from '#refgate/manage/settings/manage-settings.js';
import { manageSettings } from './manage-settings.js';

/** The moment of the test signatures. */
export const testMoment = new Date('2026-11-22T00:10:55Z');

export interface AuthenticationContext extends ManageContext {
  /** What the log would have said, in order. */
  readonly failures: AuthenticationFailure[];
}

/** A context for those who authenticate and do nothing else: what they may not touch is not there. */
export function authenticationContext(
  settings: ManageSettings = manageSettings(),
  { now = testMoment, failuresAdmitted = Number.POSITIVE_INFINITY } = {},
): AuthenticationContext {
  const failures: AuthenticationFailure[] = [];
  let failed = 0;
  const context = {
    failures,
    settings: () => settings,
    now: () => now,
    limits: {
      admit: () => true,
      admitFailure: () => {
        failed += 1;
        return failed <= failuresAdmitted;
      },
    },
    authenticationFailed: (failure: AuthenticationFailure) => failures.push(failure),
  };
  return context as unknown as AuthenticationContext;
}
