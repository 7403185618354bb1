import type { HostPattern } from '../../model/entry.js';
import type { Policy } from '../../model/policy.js';
import type { Place } from '../findings.js';
import type { PolicyDraft } from '../validate/validate.js';
import { compileDeny } from './compile-deny.js';
import { compileExempt } from './compile-exempt.js';
import { compileMatch } from './compile-match.js';
import { compileReferer } from './compile-referer.js';
import type { PolicyScope } from './policy-scope.js';

/** A policy but for its position, `headersRead`, and the `vary` made of it: they take all policies to know. */
export type PolicyAlone = Omit<Policy, 'headersRead' | 'position'>;

/** A policy, and what is needed once all policies are known. */
export interface LoadedPolicy {
  readonly policy: PolicyAlone;
  /** One of them covers the host of every request that the policy covers; `undefined`: every host is possible. */
  readonly hosts: readonly HostPattern[] | undefined;
  readonly match: PolicyDraft['match'];
  readonly silence: ReadonlySet<string>;
  readonly place: Place;
  readonly redirect: { readonly url: URL; readonly place: Place } | undefined;
}

/** Compiles a policy. What is wrong goes to the findings, and the rest is compiled all the same, to find more. */
export async function compilePolicy(draft: PolicyDraft, scope: PolicyScope): Promise<LoadedPolicy> {
  noteName(draft.name, scope);
  const { hosts, conditions } = compileMatch(draft.match, scope);
  const referer = await compileReferer(draft.referer ?? {}, scope);
  // As OSS checks anonymous and presigned requests alone.
  const exempt = compileExempt({ authorization: referer.dialect === 'oss', ...draft.exempt }, scope);
  const { answer, redirect } = compileDeny(draft.onDeny ?? {}, scope);
  return {
    policy: {
      name: draft.name ?? '',
      mode: draft.mode ?? 'enforce',
      match: conditions,
      referer,
      exempt: { ...exempt, ...(redirect && { redirectTarget: redirect.target }) },
      onDeny: answer,
    },
    hosts,
    match: draft.match,
    silence: scope.silence,
    place: scope.findings.place(scope.path),
    redirect: redirect && { url: redirect.url, place: scope.findings.place([...scope.path, 'onDeny', 'redirect']) },
  };
}

/** To be compared with those of all files: see `reportDuplicates`. */
function noteName(name: string | undefined, { session, findings, path }: PolicyScope): void {
  if (name !== undefined) session.names.push({ name, place: findings.place([...path, 'name']) });
}
