import { ManagedFolderError } from '../manage/policies/managed-folder.js';
import { flagName, type Settings } from '../settings.js';
import { ListenError } from '../transport/bind-server.js';

/** Carries a failure of one part out of the start; expected, and so never more than a `StartFailure` to the caller. */
export class StartError extends Error {
  readonly problems: readonly string[];

  /** @param problems each a line that says what to do about it */
  constructor(problems: readonly string[], options?: ErrorOptions) {
    super(problems.join('\n'), options);
    this.problems = problems;
  }
}

/**
 * Starts a listener unless it is off, and names the flag when its address cannot be had.
 *
 * @throws {StartError} (as a rejection) then, and when somebody put something else in the place of the managed folder.
 */
export async function bound<Address, Listener>(
  flag: keyof Settings,
  address: Address | undefined,
  listen: (address: Address) => Promise<Listener>,
): Promise<Listener | undefined> {
  try {
    return address === undefined ? undefined : await listen(address);
  } catch (error) {
    if (error instanceof ManagedFolderError) throw new StartError([error.message], { cause: error });
    if (!(error instanceof ListenError)) throw error;
    throw new StartError([`${error.message}; give another address by --${flagName(flag)}`], { cause: error });
  }
}
