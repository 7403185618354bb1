/** Method and target of a request. */
export interface RequestLine {
  readonly method: string;
  readonly target: string;
}

/** RFC 9110 §5.6.2. Longer ones are no methods. */
const method = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/;
const version = /^HTTP\/\d(?:\.\d)?$/;

/**
 * Reads `GET /a.jpg HTTP/1.1`; without a version it is HTTP/0.9. `undefined` for what is no request line: servers log
 * whatever came, such as the first bytes of a TLS handshake on a plain port, and answer it with 400.
 */
export function parseRequestLine(line: string): RequestLine | undefined {
  const parts = line.split(' ', 4);
  const [name = '', target = '', last = 'HTTP/0.9'] = parts;
  if (parts.length > 3 || !version.test(last)) return undefined;
  return isRequest(name, target) ? { method: name, target } : undefined;
}

/** Whether a method and a target are those of a request (RFC 9112 §3.2: four forms of a target). */
export function isRequest(name: string, target: string): boolean {
  if (!method.test(name) || /\s/.test(target)) return false;
  if (target.startsWith('/') || target === '*') return true;
  return name === 'CONNECT' ? target !== '' : /^https?:\/\/[^/?#]/i.test(target);
}
