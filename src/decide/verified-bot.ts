import type { AuthzRequest } from '../model/authz-request.js';
import type { VerifiedBot } from '../model/policy.js';

/**
 * Whether the request is the bot's: its user agent names it, and it comes from an address of the bot's operator. The
 * name alone is anybody's to claim, and the operator's addresses may carry what its customers send. Addresses are asked
 * first, since almost all requests fail there, without a text being made.
 */
export function isVerifiedBot({ name, ranges }: VerifiedBot, request: AuthzRequest): boolean {
  if (!ranges.has(request.clientIp)) return false;
  const userAgents = request.headers.get('user-agent') ?? [];
  return userAgents.some((userAgent) => namesBot(userAgent, name));
}

/**
 * Whether a user agent has the name as a whole word, in any case: of `googlebot`, `Googlebot/2.1` and
 * `Googlebot-Image/1.0` have it, `NotGooglebot` and `Googlebots` do not.
 */
export function namesBot(userAgent: string, name: string): boolean {
  const text = userAgent.toLowerCase();
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!isWordCharacter(text, at - 1) && !isWordCharacter(text, at + name.length)) return true;
  }
  return false;
}

/** Letters of every script, so that `Ügooglebot` is another word; a hyphen parts words. */
const WORD_CHARACTER = /[\p{L}\p{N}_]/u;

function isWordCharacter(text: string, at: number): boolean {
  return WORD_CHARACTER.test(text.charAt(at));
}
