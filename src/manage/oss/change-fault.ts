import { shortened } from '../../printable.js';
import type { RuleError } from '../../rules/rule-error.js';
import type { ChangeOutcome } from '../policies/managed-policies.js';
import type { BucketReferer } from './bucket-referer.js';
import type { OssFault } from './oss-fault.js';

type NoChange = Exclude<ChangeOutcome<never>, { kind: 'changed' | 'refused' }>;

/** Why a PutBucketReferer that holds by itself was not taken. Nothing was written. */
export function changeFault(outcome: NoChange, referer: BucketReferer): OssFault {
  switch (outcome.kind) {
    case 'invalid':
      return invalidFault(outcome.errors, referer);
    case 'elsewhere':
      return {
        code: 'PolicyNameConflict',
        message: `The policy "${outcome.policy}" is in ${outcome.file}, which is not written by this API: move it, or name another policy for the bucket.`,
      };
    case 'unloadable':
      return UNLOADABLE;
    case 'unwritable':
      return { code: 'ServiceUnavailable', message: 'The rule file cannot be written now. Nothing was changed.' };
  }
}

/** Whose mistake it is, the service's own log says: it may be in a file that is none of this client's business. */
const UNLOADABLE: OssFault = {
  code: 'ServiceUnavailable',
  message: 'The rule directory cannot be loaded now, as the log of the service says. Nothing was changed.',
};

const LISTS = { allow: 'RefererList', deny: 'RefererBlacklist' } as const;
const LONGEST_VALUE = 200;

/** The first error alone: SDKs show one line. */
function invalidFault([error]: readonly RuleError[], referer: BucketReferer): OssFault {
  if (error === undefined) return { code: 'InvalidArgument', message: 'The policy would not be valid.' };
  const [, list, position] = /^referer\.(allow|deny)\[(\d+)\]$/.exec(error.path) ?? [];
  if (list !== 'allow' && list !== 'deny') {
    return { code: 'InvalidArgument', message: `The policy would not be valid: ${error.path}: ${error.message}` };
  }
  const entries = list === 'allow' ? referer.refererList : referer.refererBlacklist;
  const entry = entries[Number(position)] ?? '';
  return {
    code: 'InvalidArgument',
    message: `${LISTS[list]}, entry ${Number(position) + 1}: ${error.message}`,
    details: { ArgumentName: LISTS[list], ArgumentValue: shortened(entry, LONGEST_VALUE) },
  };
}
