import { isPublicSuffix } from './public-suffix.js';

/**
 * What an entry of the oss dialect says of the Referer's host, where it says something: it is text that is compared
 * from the first character, and whatever follows it is accepted.
 */
interface HostPart {
  /** After the scheme, up to the first slash. */
  readonly host: string;
  /** Whether a slash follows, so that the host is said to its end. */
  readonly closed: boolean;
}

/** With a scheme: up to the first slash after it. Without: text that begins with `*`, or that looks like a host. */
const WITH_SCHEME = /^[a-z*?][a-z0-9+.*?-]*:\/\/([^/]+)(\/?)/i;
const WITHOUT_SCHEME = /^(\*?[\w?*-]*(?:\.[\w?*-]+)+(?::\d+)?)(\/?)/;

function hostPart(text: string): HostPart | undefined {
  const [, host, slash] = WITH_SCHEME.exec(text) ?? WITHOUT_SCHEME.exec(text) ?? [];
  return host === undefined ? undefined : { host, closed: slash === '/' };
}

/**
 * Whether other hosts begin with the text too: `http://www.aliyun.com` lets `http://www.aliyun.com.evil.example/` in.
 * Not `http://www.aliyun.com/`, nor `http://www.aliyun.*`, which says so itself, nor `mibrowser:home`.
 */
export function isPrefixOfOtherHosts(text: string): boolean {
  const part = hostPart(text);
  return part !== undefined && !part.closed && !text.endsWith('*');
}

/** Whether any site under a public suffix is let in: `*.com`, `http://*.co.uk/`, `*.github.io`. */
export function coversSuffixAsText(text: string): boolean {
  const [, suffix] = /^[*?]+\.?([^*?:]+)(?::\d+)?$/.exec(hostPart(text)?.host ?? '') ?? [];
  return suffix !== undefined && isPublicSuffix(suffix.toLowerCase());
}
