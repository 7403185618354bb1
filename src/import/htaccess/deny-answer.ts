import { readRedirect } from '../../rules/compile/redirect-url.js';
import type { PolicySource } from '../../rules/validate/schema.js';
import type { Losses } from '../losses.js';
import { LeftOut } from './left-out.js';
import type { RewriteRule } from './rewrite-rules.js';

type OnDeny = NonNullable<PolicySource['onDeny']>;

/** Words that the R flag takes for numbers. */
const statusWords: Readonly<Record<string, string>> = { permanent: '301', temp: '302', seeother: '303' };

/** What a rule answers: 403 for [F] (`{}`), 410 for [G], a redirect, or another status that R names. */
export function denyAnswer(rule: RewriteRule, losses: Losses): OnDeny {
  const { flags, substitution, line } = rule;
  if (flags.has('F') || flags.has('FORBIDDEN')) return {};
  if (flags.has('G') || flags.has('GONE')) return { status: 410 };
  const status = statusOf(rule);
  if (status !== undefined && status >= 400) return status < 500 ? { status } : {};
  if (substitution === '-') throw new LeftOut(line, 'it denies nothing: refgate can deny and redirect');
  if (/^https?:\/\//i.test(substitution)) return redirect(rule, status, losses);
  losses.changing(
    line,
    `the answer is ${substitution} of the same site, which refgate cannot send: write its full address as ` +
      'onDeny.redirect; until then denied requests get 403',
  );
  return {};
}

function statusOf({ flags }: RewriteRule): number | undefined {
  const written = flags.get('R') ?? flags.get('REDIRECT');
  if (written === undefined || written === '') return undefined;
  const status = Number(Object.hasOwn(statusWords, written) ? statusWords[written] : written);
  return Number.isInteger(status) ? status : undefined;
}

function redirect({ substitution, line }: RewriteRule, status: number | undefined, losses: Losses): OnDeny {
  const problem = redirectProblem(substitution);
  if (problem === undefined) {
    const isOther = status === 301 || status === 303 || status === 307 || status === 308;
    return { redirect: substitution, ...(isOther && { status }) };
  }
  losses.changing(line, `redirect: ${problem}; until then denied requests get 403`);
  return {};
}

function redirectProblem(url: string): string | undefined {
  if (/[$%]\d|%\{/.test(url)) return 'it holds a part of the request: write one address as onDeny.redirect';
  const read = readRedirect(url);
  return 'problem' in read ? read.problem : undefined;
}
