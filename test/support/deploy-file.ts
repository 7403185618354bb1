import { readFileSync } from 'node:fs';
import { fromRoot } from './paths.js';

/** What stands in a deploy file, and what a test or demo puts in its place. */
export type Substitution = readonly [documented: string, actual: string];

/**
 * A file of `deploy/` with its documented values replaced. Each must really occur: a value that was renamed in the file
 * would otherwise leave the test talking to nothing, or to another refgate on this machine.
 */
export function deployFile(path: string, substitutions: readonly Substitution[]): string {
  let text = readFileSync(fromRoot(`deploy/${path}`), 'utf8');
  for (const [documented, actual] of substitutions) {
    if (!text.includes(documented)) throw new Error(`deploy/${path} does not say '${documented}'`);
    text = text.replaceAll(documented, actual);
  }
  return text;
}

/** The text between `host:port` and what Envoy writes for it. */
export function envoyAddress(address: string): string {
  const colon = address.lastIndexOf(':');
  return `address: ${address.slice(0, colon)}, port_value: ${address.slice(colon + 1)}`;
}
