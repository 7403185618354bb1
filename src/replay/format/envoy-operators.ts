import type { FieldName } from './logged-fields.js';
import type { FieldSource } from './template.js';

/** `%OPERATOR%`, `%OPERATOR(arguments)%`, `%OPERATOR(arguments):length%`, as in Envoy's access log formats. */
export const envoyOperators = /%([A-Z][A-Z0-9_]*)(?:\(([^)]*)\))?(?::\d+)?%/g;

/** Pseudo-headers of `%REQ(…)%`. */
const pseudoHeaders: Readonly<Record<string, FieldName>> = {
  ':authority': 'host',
  ':method': 'method',
  ':path': 'target',
  ':scheme': 'scheme',
  // The path before a route rewrote it, which is what the client asked for.
  'x-envoy-original-path': 'target',
};

const operators = new Map<string, FieldSource>([
  ['RESPONSE_CODE', { field: { name: 'status' }, rank: 0 }],
  ['BYTES_SENT', { field: { name: 'bytes' }, rank: 0 }],
  ['START_TIME', { field: { name: 'time' }, rank: 0 }],
  // The address that ext_authz is told as `source.address`.
  ['DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT', { field: { name: 'clientIp' }, rank: 0 }],
  ['DOWNSTREAM_REMOTE_ADDRESS', { field: { name: 'clientIp' }, rank: 1 }],
  ['DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT', { field: { name: 'clientIp' }, rank: 2 }],
  ['DOWNSTREAM_DIRECT_REMOTE_ADDRESS', { field: { name: 'clientIp' }, rank: 3 }],
]);

/** What an operator tells; `undefined` for one that no rule reads. `%REQ(X?Y)%` is X, or Y where there is no X. */
export function envoySource(operator: string, args: string | undefined): FieldSource | undefined {
  if (operator !== 'REQ') return operators.get(operator);
  const names = (args ?? '').toLowerCase().split('?');
  for (const name of names) {
    const field = pseudoHeaders[name];
    if (field !== undefined) return { field: { name: field }, rank: 0 };
  }
  const [first = ''] = names;
  return first === '' ? undefined : { field: { header: first }, rank: 0 };
}
