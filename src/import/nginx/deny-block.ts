import { quote } from '../../rules/key-path.js';
import { answerOfRedirect, answerOfReturn, type DenyAnswer } from './deny-answer.js';
import { type Directive, headOf } from './directive.js';
import type { LossList } from './loss-list.js';
import { isFinal, isRedirect } from './rewrite-directive.js';

/** Directives that have something else answer than what answers valid Referers. */
const OTHER_CONTENT: ReadonlySet<string> = new Set([
  'proxy_pass',
  'fastcgi_pass',
  'uwsgi_pass',
  'scgi_pass',
  'grpc_pass',
  'memcached_pass',
  'root',
  'empty_gif',
]);

/** Regular expressions that match every URI: `^`, `^/`, `^(.*)$`, `.+` and the like. */
const MATCHES_ALL = /^(?:\^?(?:\/|\/\?|\[\/\]\?)?(?:\(?\.\*\)?\$?)?|\^?\(?\.\+\)?\$?|\.)$/;

/**
 * What an `if ($invalid_referer) { … }` does to a request: how it is denied, or `undefined` if it is not. The first
 * directive that ends the rewriting counts, as in `ngx_http_rewrite_module`.
 */
export function readDenyBlock(block: readonly Directive[], losses: LossList): DenyAnswer | undefined {
  let otherwise: Directive | undefined;
  const variables: Directive[] = [];
  for (const directive of block) {
    if (directive.name === 'return') return answerOfReturn(directive, losses);
    if (directive.name === 'break') break;
    if (directive.name === 'rewrite') {
      const answer = readRewrite(directive, losses);
      if (answer !== undefined) return answer;
      otherwise = directive;
      if (isFinal(directive)) break;
    } else if (OTHER_CONTENT.has(directive.name)) otherwise = directive;
    else if (directive.name === 'set') variables.push(directive);
  }
  if (otherwise !== undefined) return otherContent(otherwise, losses);
  // Who is denied here does not come to where they are asked.
  for (const variable of variables) tellOfVariable(variable, losses);
  return undefined;
}

/** The redirect that a `rewrite` makes, or `undefined` where nginx serves another file in place of the one asked for. */
function readRewrite(directive: Directive, losses: LossList): DenyAnswer | undefined {
  const [regex = '', written = '', flag = ''] = directive.args;
  if (!MATCHES_ALL.test(regex)) {
    losses.changing(directive, `rewrite ${quote(regex)}: only for paths that match; here every request is denied`);
  }
  if (!isRedirect(directive)) return undefined;
  // The question mark keeps nginx from appending the query of the request.
  return answerOfRedirect(written.replace(/\?$/, ''), flag === 'permanent' ? 301 : 302, directive, losses);
}

/** Denied all the same: who has an invalid Referer does not get what he asked for. */
function otherContent(directive: Directive, losses: LossList): DenyAnswer {
  const message = `${headOf(directive)}: nginx answers with something else; denied requests get 403 here`;
  losses.harmless(directive, `${message} (a URL of it in onDeny.redirect does the same for browsers)`);
  return {};
}

function tellOfVariable(directive: Directive, losses: LossList): void {
  losses.changing(directive, `${headOf(directive)}: what is decided by this variable later is not carried over`);
}
