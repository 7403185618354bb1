import { shortened } from '../printable.js';
import type { Audit, AuditSource } from './audit.js';
import { type DifferenceSide, describeDifference } from './describe-difference.js';

/** What an audit line says beside its time. */
export type AuditLine = AppliedLine | RefusedLine;

interface AuditedCall {
  /** Key id or name of the token; `null` where the call named nobody. */
  readonly actor: string | null;
  readonly action: string;
  readonly client: string;
  readonly requestId?: string;
}

/** A change that is in force. */
export interface AppliedLine extends AuditedCall {
  readonly result: 'applied';
  readonly policy: string;
  /** `null`: there was none. */
  readonly before: DifferenceSide | null;
  /** `null`: it is removed. */
  readonly after: DifferenceSide | null;
  readonly generation: number;
}

/** A change that was asked for and refused. */
export interface RefusedLine extends AuditedCall {
  readonly result: 'refused';
  /** `null`: it is not known which one was meant. */
  readonly policy: string | null;
  /** The bucket or domain that the call names; left out where it names none. */
  readonly target?: string;
  /** Of the answer: `AccessDenied`. */
  readonly code: string;
  /** What the client was told, cut. */
  readonly detail: string;
}

/** Characters of what a call claims of itself. */
const LONGEST_CLAIM = 256;

/** Characters of what a client was told. */
const LONGEST_DETAIL = 1024;

/**
 * An audit that writes its lines by `write`. What a call claims of itself is cut to a bearable length.
 *
 * @param admitStranger - counts a call of an address that names nobody; false: it is one too many to be written down,
 *   since whoever reaches the listener could fill the log
 */
export function createAudit(write: (line: AuditLine) => void, admitStranger: (client: string) => boolean): Audit {
  return {
    changed(by, changes, generation) {
      for (const change of changes) {
        const { before, after } = describeDifference(change);
        write({ ...calledBy(by), result: 'applied', policy: change.policy, before, after, generation });
      }
    },
    refused(by, { policy, target, code, detail }) {
      if (by.actor === undefined && !admitStranger(by.client)) return;
      write({
        ...calledBy(by),
        result: 'refused',
        policy: policy === undefined ? null : cut(policy),
        ...(target !== undefined && { target: cut(target) }),
        code,
        detail: shortened(detail, LONGEST_DETAIL),
      });
    },
  };
}

function calledBy({ actor, action, ...rest }: AuditSource): AuditedCall {
  return { actor: actor === undefined ? null : cut(actor), action: cut(action), ...rest };
}

function cut(text: string): string {
  return shortened(text, LONGEST_CLAIM);
}
