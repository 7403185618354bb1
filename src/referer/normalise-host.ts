import { isIPv6 } from 'node:net';

/**
 * Names that are their own canonical form. The last label must not begin with a digit, for a host that ends in a number
 * is an IPv4 address in some notation (WHATWG URL, "ends in a number checker").
 */
const plainName = /^(?:[a-z0-9_-]+\.)*[a-z_-][a-z0-9_-]*$/;

const bracketedAddress = /^\[[0-9a-f:.]+\]$/;

/** Characters that would make `URL` see something else than a host, or decode what the origin may not decode. */
const notOfAName = /[\0- "#%/:<>?@[\\\]^|\x7f]/;

/**
 * Brings the host of a request (a `Host` header, `:authority`) into the form that `RefererUrl.host` has, so that the
 * two can be compared as texts: `CDN.Shop.Example.:8443` → `cdn.shop.example`, `BÜCHER.example` →
 * `xn--bcher-kva.example`, `[2001:DB8:0::1]:80` → `[2001:db8::1]`.
 *
 * User info and port are dropped, an empty port (`h:`) too. What is no host is given back in lower case: such a text
 * equals no Referer's host.
 */
export function normaliseHost(text: string): string {
  if (plainName.test(text)) return text;
  const host = withoutPort(text.slice(text.lastIndexOf('@') + 1)).toLowerCase();
  if (plainName.test(host)) return host;
  return throughUrl(host) ?? withoutTrailingDot(host);
}

/** Internationalised names, addresses and all that is odd: as a URL would have it. */
function throughUrl(host: string): string | undefined {
  const written = isIPv6(host) ? `[${host}]` : host;
  if (!bracketedAddress.test(written) && notOfAName.test(written)) return undefined;
  const url = URL.parse(`http://${written}/`);
  return url === null ? undefined : canonicalHost(url);
}

/** Cuts `:8080` or `:`. An IPv6 address is left whole, in brackets (RFC 3986 §3.2.2) or, sent against the rules, bare. */
function withoutPort(authority: string): string {
  const colon = authority.lastIndexOf(':');
  if (colon < 0 || isIPv6(authority)) return authority;
  return /^\d*$/.test(authority.slice(colon + 1)) ? authority.slice(0, colon) : authority;
}

/**
 * Host of a URL in the one form in which all hosts are compared: lower case (WHATWG URL leaves the case of schemes that
 * it does not know), and one trailing dot dropped, since `shop.example.` and `shop.example` are the same site.
 * `''` where the URL has no host.
 */
export function canonicalHost(url: URL): string {
  return withoutTrailingDot(url.hostname.toLowerCase());
}

/** Drops one dot and no more: `a..` has an empty label with or without it. */
function withoutTrailingDot(host: string): string {
  return host.endsWith('.') ? host.slice(0, -1) : host;
}
