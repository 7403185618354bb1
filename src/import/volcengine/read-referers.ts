import { quote } from '../../rules/key-path.js';
import { DomainEntries } from '../domain-entries.js';
import type { JsonValue } from '../json/json-value.js';
import type { Losses } from '../losses.js';
import { afterScheme } from '../regex/after-scheme.js';

/** What the lists of a RefererAccessRule come to. */
export interface Referers {
  readonly entries: string[];
  readonly ignoreScheme: boolean;
}

/**
 * Entries of `Referers`, of `ReferersType.CommonType` (domains, addresses and blocks, compared with the Referer's host)
 * and of `ReferersType.RegularType` (expressions, tried on the whole header).
 */
export function readReferers(rule: JsonValue, losses: Losses): Referers {
  const entries = new DomainEntries(losses);
  const type = rule.get('ReferersType');
  const common = type?.get('CommonType');
  for (const referer of itemsOf(rule)) entries.add(referer.text(), referer.line);
  for (const referer of itemsOf(common)) entries.add(referer.text(), referer.line);
  for (const referer of itemsOf(type?.get('RegularType'))) addExpression(referer, entries, losses);
  tellSharedConfig(rule.get('SharedConfig'), losses);
  return { entries: entries.list, ignoreScheme: common?.get('IgnoreScheme')?.boolean() ?? false };
}

function itemsOf(list: JsonValue | undefined): readonly JsonValue[] {
  return list?.get('Referers')?.items() ?? [];
}

function addExpression(referer: JsonValue, entries: DomainEntries, losses: Losses): void {
  const written = referer.text();
  const expression = afterScheme(written);
  if ('problem' in expression) losses.changing(referer.line, `expression ${quote(written)}: ${expression.problem}`);
  else entries.addRegex(`(?-i)${expression.pattern}`, referer.line, written);
}

/** A list that lies outside of the domain's configuration. */
function tellSharedConfig(shared: JsonValue | undefined, losses: Losses): void {
  const name = shared?.get('ConfigName');
  if (shared === undefined || (name !== undefined && name.text() === '')) return;
  const which = name === undefined ? '' : ` ${quote(name.text())}`;
  losses.changing(shared.line, `SharedConfig${which}: its entries are not in this file; write them into the policy`);
}
