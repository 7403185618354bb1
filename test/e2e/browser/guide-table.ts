import { readFileSync } from 'node:fs';
import { fromRoot } from '../../support/paths.js';
import { type Setting, settings } from './scene.js';

/** A row of the table of docs/empty-referers.md: who asks, and what he gets under each setting. */
export interface GuideRow {
  readonly who: string;
  readonly gets: Readonly<Record<Setting, string>>;
}

/** The rows of the table whose head names the settings. */
export function readGuide(): GuideRow[] {
  const text = readFileSync(fromRoot('docs/empty-referers.md'), 'utf8');
  const [, table = ''] = /^\| who asks .*\n\|[ |-]+\n((?:\|.*\n)+)/m.exec(text) ?? [];
  return table.trim().split('\n').map(toRow);
}

function toRow(line: string): GuideRow {
  const [who = '', ...cells] = line.split('|').slice(1, -1).map(plain);
  const gets = Object.fromEntries(Object.keys(settings).map((setting, at) => [setting, cells[at] ?? '']));
  return { who, gets: gets as GuideRow['gets'] };
}

function plain(cell: string): string {
  return cell.replaceAll(/[`*]/g, '').trim();
}
