import type { HostPattern, NetworkPattern, RefererEntry } from '../model/entry.js';
import { parseHostText } from './parse-host-text.js';
import { parseNetwork } from './parse-network.js';
import { encodePathPrefix } from './path-prefix.js';
import { patternOfLabels } from './pattern-of-labels.js';
import { isProblem, type PatternProblem } from './pattern-problem.js';
import { problemOfText } from './pattern-text.js';
import { isPlainName } from './plain-name.js';
import { isSpecialScheme } from './special-schemes.js';
import { type EntryParts, splitEntry } from './split-entry.js';

/** Of DNS (RFC 1035 §2.3.4); longer texts are read with all checks. */
const LONGEST_NAME = 253;

/** What the policy says of all its entries. */
export interface EntryOptions {
  /** The policy's `exact`: false lets an entry also match below itself. */
  readonly exact: boolean;
}

/**
 * Reads an entry of the host dialect: `[scheme://]host[:port][/path-prefix]`, or a CIDR block. The result says in full
 * what the entry covers; `exact` and the leading dot are dissolved into the shape of its host.
 *
 * `192.0.2.0/24` is a block; `192.0.2.0/gallery`, `192.0.2.1:8080/24` and `http://192.0.2.0/24` are a host and a path.
 */
export function parseEntry(text: string, options: EntryOptions): RefererEntry | PatternProblem {
  const written = text.trim();
  // Nearly all of a long list; reading them part by part takes ten times as long, seconds for a million.
  if (written.length <= LONGEST_NAME && isPlainName(written)) return entryOfName(written, options);
  const problem = problemOfText(written);
  if (problem !== undefined) return problem;
  const network = parseNetwork(written) ?? problemOfBlock(written);
  if (network !== undefined) return isProblem(network) ? network : { written, host: network };
  const parts = splitEntry(written);
  return isProblem(parts) ? parts : fromParts(written, parts, options);
}

function entryOfName(name: string, { exact }: EntryOptions): RefererEntry {
  return { written: name, host: { kind: 'name', name, self: true, below: exact ? 'none' : 'any' } };
}

function fromParts(written: string, parts: EntryParts, options: EntryOptions): RefererEntry | PatternProblem {
  const { scheme, port, path } = parts;
  const special = scheme === undefined || isSpecialScheme(scheme);
  const host = hostOf(parts, special, options);
  if (isProblem(host)) return host;
  return {
    written,
    host,
    ...(scheme !== undefined && { scheme }),
    ...(port !== undefined && { port }),
    // `/` begins every path: an entry with it covers what the entry without it covers.
    ...(path !== undefined && path !== '/' && { path: encodePathPrefix(path, special) }),
  };
}

function hostOf(parts: EntryParts, special: boolean, { exact }: EntryOptions): HostPattern | PatternProblem {
  if (!special && /[^\0-\x7f]/.test(parts.host)) {
    return {
      problem: `host that is not ASCII in the scheme ${parts.scheme}: write letters, digits, - and _`,
    };
  }
  const host = parseHostText(parts.host);
  if (isProblem(host) || host.kind === 'network') return host;
  return patternOfLabels(host.labels, host.leadingDot || !exact);
}

/** A block that cannot be one. Without this, `192.0.2.0/33` would quietly be a host with the path `/33`. */
function problemOfBlock(text: string): NetworkPattern | PatternProblem | undefined {
  const block = /^([^/]*)\/\d+$/.exec(text);
  const address = block?.[1];
  if (address === undefined) return undefined;
  if (parseNetwork(address) !== undefined) {
    const longest = address.includes(':') ? 128 : 32;
    return {
      problem: `prefix length that the address does not have: write a number from 0 to ${longest} after the slash`,
    };
  }
  const literal = parseHostText(address);
  if (isProblem(literal) || literal.kind !== 'network') return undefined;
  return { problem: 'CIDR block with an address in a short notation: write four numbers, such as 192.0.2.0/24' };
}
