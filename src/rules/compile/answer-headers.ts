import { describeValue } from '../describe-value.js';
import type { KeyPath } from '../key-path.js';
import { TOKEN } from '../validate/schema-match.js';
import type { PolicyScope } from './policy-scope.js';

/** Headers that say how one message is sent over one connection (RFC 9110 §7.6.1) or that the proxy itself writes. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  location: 'use onDeny.redirect',
  host: 'it belongs to requests',
  ...Object.fromEntries(
    [
      ...['connection', 'content-length', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'te', 'trailer'],
      ...['transfer-encoding', 'upgrade'],
    ].map((name) => [name, 'the proxy writes it']),
  ),
};

/** Printable ASCII and tabs: RFC 9110 §5.5 tells senders to keep to it, and a line break would begin another header. */
const VALUE = /^[\t\x20-\x7e]*$/;

/** What is wrong with a header's value. */
export function problemOfHeaderValue(value: string): string | undefined {
  return VALUE.test(value) ? undefined : 'expected printable ASCII without line breaks and control characters';
}

/** The headers of `onDeny.headers`, names in lower case. Every mistake is reported at its key or value. */
export function compileHeaders(draft: object | undefined, path: KeyPath, scope: PolicyScope): Map<string, string> {
  const headers = new Map<string, string>();
  for (const [key, value] of Object.entries(draft ?? {})) {
    const name = key.toLowerCase();
    const problem =
      problemOfName(name) ?? (headers.has(name) ? 'this header is given already, in another spelling' : undefined);
    if (problem !== undefined) scope.findings.wrongKey([...path, key], problem);
    else headers.set(name, readValue(value, [...path, key], scope));
  }
  return headers;
}

function readValue(value: unknown, path: KeyPath, scope: PolicyScope): string {
  // What is no text was reported by the schema, but for `__proto__`, which zod leaves out of mappings.
  const problem =
    typeof value === 'string'
      ? problemOfHeaderValue(value)
      : value === undefined
        ? undefined
        : `expected text, got ${describeValue(value)}`;
  if (problem !== undefined) scope.findings.wrong(path, problem);
  return typeof value === 'string' ? value.trim() : '';
}

function problemOfName(name: string): string | undefined {
  if (name.startsWith(':')) return 'a pseudo-header cannot be set here; use onDeny.status or onDeny.redirect';
  if (!TOKEN.test(name)) return "expected a header's name: letters, digits and - without spaces (RFC 9110 §5.6.2)";
  return Object.hasOwn(FORBIDDEN, name) ? `this header cannot be set here: ${FORBIDDEN[name]}` : undefined;
}
