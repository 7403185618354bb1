import { printable } from '../printable.js';
import type { Loss } from './imported.js';

/** A loss as stderr has it: one line, with its place as editors and terminals make a link of it. */
export function formatLoss({ file, line, message, changesDecisions }: Loss): string {
  return printable(`${file}:${line}: ${message}${changesDecisions ? ' (changes decisions)' : ''}`);
}
