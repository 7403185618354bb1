import { quote } from '../../rules/key-path.js';
import type { AuditSource } from '../audit.js';
import type { ManageContext } from '../manage-context.js';
import type { AccessKey, ManageSettings } from '../settings/manage-settings.js';
import type { CdnReply } from './cdn-answer.js';
import type { CdnFault } from './cdn-fault.js';
import type { NamedParameters } from './parameters.js';

/** A call of the CDN API, whoever it is from. */
export interface AnonymousCall {
  readonly context: ManageContext;
  readonly settings: ManageSettings;
  /** Of query and form. */
  readonly parameters: NamedParameters;
  /** Whom the audit log names. */
  readonly by: AuditSource;
}

/** A call whose caller is known. */
export interface CdnCall extends AnonymousCall {
  readonly key: AccessKey;
}

/** What the API can do. */
export type CdnAction = (call: CdnCall) => Promise<CdnReply | CdnFault>;

/** A parameter that must be there. */
export function requiredText(call: AnonymousCall, name: string): string | CdnFault {
  const text = call.parameters.byName.get(name)?.trim() ?? '';
  return text === '' ? missingParameter(name) : text;
}

/** A comma list that must name something; white space around names, and what is named twice, are left out. */
export function requiredList(call: AnonymousCall, name: string): readonly string[] | CdnFault {
  const names = optionalList(call, name) ?? [];
  return names.length === 0 ? missingParameter(name) : names;
}

/** A comma list; `undefined` where it is not given, or empty. */
export function optionalList(call: AnonymousCall, name: string): readonly string[] | undefined {
  const names = splitList(call.parameters.byName.get(name) ?? '');
  return names.length === 0 ? undefined : [...new Set(names)];
}

/** The items of a comma list, without the white space around them; empty ones are none. */
export function splitList(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** The fault of a parameter that is not there. */
export function missingParameter(name: string): CdnFault {
  return { code: 'MissingParameter', message: `Parameter is missing: give ${quote(name)}.` };
}
