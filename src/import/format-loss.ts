import type { Loss } from './imported.js';
import { visible } from './visible.js';

/** A loss as stderr has it: one line, with its place as editors and terminals make a link of it. */
export function formatLoss({ file, line, message, changesDecisions }: Loss): string {
  return visible(`${file}:${line}: ${message}${changesDecisions ? ' (changes decisions)' : ''}`);
}
