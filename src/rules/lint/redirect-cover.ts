import type { MatchConditions, Policy, RefererRules } from '../../model/policy.js';
import type { CompiledRules } from '../../model/snapshot.js';
import { extensionOf } from '../../referer/normalise-target.js';
import type { LoadedPolicy } from '../compile/compile-policy.js';
import { quote } from '../key-path.js';

/**
 * Says so when the client that follows a policy's redirect meets a policy again. By the policy itself the target is
 * let through (the loop guard), by another it may be denied or sent on.
 */
export function redirectTargetCover({ policy, redirect }: LoadedPolicy, rules: CompiledRules): string | undefined {
  const target = policy.exempt.redirectTarget;
  if (!redirect || !target) return undefined;
  const scheme = redirect.url.protocol.slice(0, -1);
  const cover = Array.from(rules.hosts.candidates(target.host), (position) => rules.policies[position]).find(
    (candidate) => candidate !== undefined && mayCover(candidate.match, target.path, scheme) && !isAside(candidate),
  );
  return cover && !deniesNothing(cover.referer) ? describe(cover.name, policy.name) : undefined;
}

/** One that lets everything pass, but only for some clients: the others go on to the next policy. */
function isAside({ match, referer }: Policy): boolean {
  return match.clientIps !== undefined && deniesNothing(referer);
}

/** Whether every request passes, as where a policy sets the target itself aside. */
function deniesNothing({ allow, deny, absent, blank, invalid }: RefererRules): boolean {
  const isUnlisted = allow === undefined && (deny === undefined || deny.size === 0);
  return isUnlisted && absent === 'allow' && blank === 'allow' && invalid !== 'deny';
}

/**
 * Whether some GET of the target may be covered: whose it is, is not known. Of a policy that asks for headers, cookies
 * or parameters, or has conditions inside conditions, nothing is claimed.
 */
function mayCover(match: MatchConditions, path: string, scheme: string): boolean {
  const { paths, extensions, methods, schemes } = match;
  if (ASKS_MORE.some((key) => match[key] !== undefined)) return false;
  if (paths && !paths.matches(path)) return false;
  if (extensions && !extensions.has(extensionOf(path))) return false;
  return (methods?.has('GET') ?? true) && (schemes?.has(scheme) ?? true);
}

const ASKS_MORE = ['headers', 'query', 'cookies', 'destinations', 'any', 'all', 'not'] as const;

/** By name, since names are unique. */
function describe(cover: string, own: string): string {
  return cover === own
    ? 'the redirect leads to a file that this policy itself protects; it lets exactly this URL through, and nothing beside it'
    : `the redirect leads to a file that the policy ${quote(cover)} protects, so the client may be denied again`;
}
