import { endOfPlainName, isDigit } from './plain-name.js';

/** How a Referer of the usual form begins, told without Node's parser. */
export interface PlainUrl {
  readonly scheme: 'http' | 'https';
  /** As WHATWG URL gives it. */
  readonly host: string;
  /** As written; `undefined` where none is. */
  readonly port: number | undefined;
}

const COLON = 0x3a;
const ZERO = 0x30;
const MOST_PORT_DIGITS = 5;
const GREATEST_PORT = 65_535;

const SLASH = 0x2f;
const QUESTION_MARK = 0x3f;
const NUMBER_SIGN = 0x23;

/**
 * Reads `http(s)://name[:port]` and what follows, where WHATWG URL has nothing to change or to refuse in it: a plain
 * name that is followed by nothing, a port, or a path, a query or a fragment. Of those nothing is refused, and nothing
 * that they hold changes the host.
 *
 * That is what browsers send, and takes a tenth of what Node's parser takes; a property test ties the two together.
 *
 * @returns `undefined` for all that is unusual, good or bad
 */
export function readPlainUrl(text: string): PlainUrl | undefined {
  const start = text.startsWith('https://') ? 'https://'.length : text.startsWith('http://') ? 'http://'.length : 0;
  if (start === 0) return undefined;
  const end = endOfPlainName(text, start);
  if (end === start) return undefined;
  const host = text.slice(start, end);
  const scheme = start === 'https://'.length ? 'https' : 'http';
  if (endsAuthority(text, end)) return { scheme, host, port: undefined };
  const port = portAt(text, end);
  return port === undefined ? undefined : { scheme, host, port };
}

function endsAuthority(text: string, at: number): boolean {
  if (at === text.length) return true;
  const code = text.charCodeAt(at);
  return code === SLASH || code === QUESTION_MARK || code === NUMBER_SIGN;
}

function portAt(text: string, colon: number): number | undefined {
  if (text.charCodeAt(colon) !== COLON) return undefined;
  let port = 0;
  let at = colon + 1;
  for (; at < text.length && isDigit(text.charCodeAt(at)); at++) port = port * 10 + text.charCodeAt(at) - ZERO;
  const digits = at - colon - 1;
  if (digits === 0 || digits > MOST_PORT_DIGITS || port > GREATEST_PORT) return undefined;
  return endsAuthority(text, at) ? port : undefined;
}
