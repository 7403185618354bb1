import type { FieldName } from './logged-fields.js';
import type { FieldSource } from './template.js';

/** `$name` or `${name}`, as in nginx's `log_format`. */
export const nginxVariables = /\$(?:\{(\w+)\}|(\w+))/g;

/** Variables of nginx by what they tell; of several for one field the first counts. */
const variablesByField: Readonly<Record<FieldName, readonly string[]>> = {
  request: ['request'],
  method: ['request_method'],
  // `$uri` is decoded and may have been rewritten, but it is a path.
  target: ['request_uri', 'uri', 'document_uri'],
  // `$host` is what nginx itself goes by: the request line's host, then the Host header, then `server_name`.
  host: ['host', 'http_host', 'server_name'],
  scheme: ['scheme'],
  clientIp: ['remote_addr'],
  status: ['status'],
  bytes: ['body_bytes_sent', 'bytes_sent'],
  time: ['time_local', 'time_iso8601', 'msec'],
};

const sources = new Map<string, FieldSource>();
for (const [name, variables] of Object.entries(variablesByField)) {
  for (const [rank, variable] of variables.entries()) {
    sources.set(variable, { field: { name: name as FieldName }, rank });
  }
}

/** What an nginx variable tells, named without its `$`; `undefined` for one that no rule reads. */
export function nginxSource(variable: string): FieldSource | undefined {
  const source = sources.get(variable);
  if (source !== undefined || !variable.startsWith('http_')) return source;
  return { field: { header: variable.slice('http_'.length).toLowerCase().replaceAll('_', '-') }, rank: 0 };
}
