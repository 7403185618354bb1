import { readRedirect } from '../rules/compile/redirect-url.js';
import type { PolicySource } from '../rules/validate/schema.js';
import type { JsonValue } from './json/json-value.js';
import type { Losses } from './losses.js';

/** `onDeny` of a policy whose product answers 302 with a URL; nothing where none is given. */
export function redirectTo(url: JsonValue | undefined, losses: Losses): Pick<PolicySource, 'onDeny'> {
  const redirect = url?.text().trim() ?? '';
  if (url === undefined || redirect === '') return {};
  const read = readRedirect(redirect);
  if (!('problem' in read)) return { onDeny: { redirect } };
  losses.changing(url.line, `redirect: ${read.problem}; denied requests get 403`);
  return {};
}
