import { readRedirect } from '../../rules/compile/redirect-url.js';
import { quote } from '../../rules/key-path.js';
import type { PolicySource } from '../../rules/validate/schema.js';
import { REDIRECT_STATUSES } from '../../rules/validate/schema-deny.js';
import type { Directive } from './directive.js';
import type { LossList } from './loss-list.js';

/** `onDeny` of a policy; without any key it is a plain 403. */
export type DenyAnswer = NonNullable<PolicySource['onDeny']>;

/** nginx's own status: it closes the connection and answers nothing. */
const NO_ANSWER = 444;

/** What a `return` answers (`ngx_http_rewrite_return`): `return 403;`, `return 302 URL;`, `return URL;`. */
export function answerOfReturn(at: Directive, losses: LossList): DenyAnswer {
  const [first = '', text] = at.args;
  if (!/^\d+$/.test(first)) return answerOfRedirect(first, 302, at, losses);
  const status = Number(first);
  const redirect = REDIRECT_STATUSES.find((known) => known === status);
  if (redirect !== undefined && text !== undefined) return answerOfRedirect(text, redirect, at, losses);
  if (status < 400 || status > 499) {
    losses.harmless(at, `return ${first}: a denied request is answered with 400 to 499; it gets 403 here`);
    return {};
  }
  if (status === NO_ANSWER) losses.harmless(at, 'return 444: nginx closes the connection; here the answer is a 444');
  return { ...(status !== 403 && { status }), ...bodyOf(text, at, losses) };
}

/** A Location is carried over where it is a whole URL: refgate knows none of nginx's variables. */
export function answerOfRedirect(url: string, status: number, at: Directive, losses: LossList): DenyAnswer {
  const problem = problemOfTarget(url);
  if (problem !== undefined) {
    losses.harmless(at, `redirect to ${quote(url)}: ${problem}; denied requests get 403 here`);
    return {};
  }
  const known = REDIRECT_STATUSES.find((each) => each === status);
  return { redirect: url, ...(known !== undefined && known !== 302 && { status: known }) };
}

function problemOfTarget(url: string): string | undefined {
  if (url.includes('$')) return 'it has variables; write a whole URL into onDeny.redirect';
  if (!/^https?:\/\//i.test(url)) return 'it has no host; write a whole URL into onDeny.redirect';
  const redirect = readRedirect(url);
  return 'problem' in redirect ? redirect.problem : undefined;
}

function bodyOf(text: string | undefined, at: Directive, losses: LossList): Pick<DenyAnswer, 'body'> {
  if (text === undefined) return {};
  if (!text.includes('$')) return { body: text };
  losses.harmless(at, 'the text of the answer has variables; it is left out');
  return {};
}
