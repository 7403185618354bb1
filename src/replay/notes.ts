import type { Policy } from '../model/policy.js';
import type { Snapshot } from '../model/snapshot.js';
import { evidenceHeaders } from '../referer/evidence-headers.js';
import { readsClientIp, readsScheme } from '../rules/request-parts-read.js';
import type { Replay } from './replay.js';
import { lacksHost } from './to-request.js';

/** So many policies are named in a note; the others are counted. */
const namedPolicies = 5;

/** What the log cannot tell, or what had to be assumed, where that matters for these rules. */
export function notesOn(replay: Replay): string[] {
  const { rules, old, supplied } = replay.settings;
  const all = [rules, old].flatMap((snapshot: Snapshot | undefined) => snapshot?.policies ?? []);
  // With --policy no other one is asked.
  const policies = supplied.policy === undefined ? all : all.filter(({ name }) => name === supplied.policy);
  return [
    ...unreadableNote(replay),
    ...undecidableNotes(replay),
    ...headerNotes(replay, policies),
    ...conditionNotes(replay, policies),
    ...sizeNote(replay),
  ];
}

function unreadableNote({ lines, unreadable }: Replay): string[] {
  const inNoFormat = unreadable.kinds.get('format') ?? 0;
  if (lines === 0 || inNoFormat * 2 < lines) return [];
  return [`${inNoFormat} of ${lines} lines are in another format than they were read in: say which by --log-format`];
}

function undecidableNotes({ tally }: Replay): string[] {
  const notes: string[] = [];
  for (const [name, { undecidable }] of tally.policies) {
    if (undecidable === 0) continue;
    notes.push(
      `${name} is on "empty: verify": of its requests without a Referer ${undecidable} cannot be decided from a log that ` +
        `has not all of ${evidenceHeaders.join(', ')}`,
    );
  }
  return notes;
}

function headerNotes({ settings }: Replay, policies: readonly Policy[]): string[] {
  const { headers } = settings.format.carries;
  const missing = new Set(policies.flatMap(({ headersRead }) => headersRead).filter((header) => !headers.has(header)));
  return [...missing].flatMap((header) => {
    const readers = policies.filter((policy) => policy.headersRead.includes(header) && !isUndecidable(policy, header));
    if (readers.length === 0) return [];
    return `the log has no ${header} header, which ${names(readers)} ${reads(readers)}: decided as if no request had one`;
  });
}

/** What `verify` reads and the log does not have is no assumption: such lines are not decided, and another note says so. */
function isUndecidable({ referer }: Policy, header: string): boolean {
  const verifies = referer.absent === 'verify' || referer.blank === 'verify';
  return verifies && evidenceHeaders.some((evidence) => evidence === header);
}

function conditionNotes({ settings }: Replay, policies: readonly Policy[]): string[] {
  const { carries } = settings.format;
  const notes: string[] = [];
  const byAddress = policies.filter(readsClientIp);
  if (!carries.fields.has('clientIp') && byAddress.length > 0) {
    notes.push(
      `the log has no client address, which ${names(byAddress)} ${reads(byAddress)}: decided as if it were none of theirs`,
    );
  }
  const byScheme = policies.filter(readsScheme);
  if (!carries.fields.has('scheme') && byScheme.length > 0) {
    notes.push(
      `the log has no scheme, which ${names(byScheme)} ${reads(byScheme)}: taken for ${settings.supplied.scheme} (--scheme)`,
    );
  }
  if (lacksHost(carries.fields.has('host'), { ...settings.supplied, policy: undefined })) {
    notes.push("the log has no host and no --host was given: no Referer counts as the request's own host (allowSelf)");
  }
  return notes;
}

function sizeNote({ settings }: Replay): string[] {
  return settings.format.carries.fields.has('bytes') ? [] : ['the log has no sizes: what would be saved is not known'];
}

function names(policies: readonly Policy[]): string {
  const all = [...new Set(policies.map(({ name }) => name))];
  const named = all.slice(0, namedPolicies).join(', ');
  return all.length > namedPolicies ? `${named} and ${all.length - namedPolicies} more` : named;
}

function reads(policies: readonly Policy[]): string {
  return new Set(policies.map(({ name }) => name)).size === 1 ? 'reads' : 'read';
}
