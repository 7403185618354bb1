import { type JsonPlace, parseObject } from './json-format.js';
import type { FieldName } from './logged-fields.js';
import { nginxSource } from './nginx-variables.js';
import { bestSources, type FieldSource } from './template.js';

/**
 * Names that logs give to fields, in the spelling of `canonical`; of several in one log the first counts. Beside the
 * variables of nginx: Envoy's and Istio's examples, Caddy (`request.…`), Traefik (`RequestHost`).
 */
const keysByField: Readonly<Record<FieldName, readonly string[]>> = {
  request: ['request', 'request_line'],
  method: ['method', 'request_method', 'requestmethod', 'http_method', 'verb'],
  target: ['x_envoy_original_path', 'path', 'request_uri', 'uri', 'request_path', 'requestpath', 'url', 'target'],
  host: ['host', 'authority', 'http_host', 'request_host', 'requesthost', 'vhost', 'server_name', 'domain'],
  scheme: ['scheme', 'request_scheme', 'requestscheme'],
  clientIp: [
    'remote_addr',
    'client_ip',
    'clientip',
    'remote_ip',
    'request_client_ip',
    'request_remote_ip',
    'clienthost',
    'downstream_remote_address',
    'downstream_remote_address_without_port',
    'client',
  ],
  status: ['status', 'response_code', 'downstreamstatus', 'status_code'],
  bytes: ['body_bytes_sent', 'bytes_sent', 'downstreamcontentsize', 'size', 'bytes', 'response_size'],
  time: ['time', 'start_time', 'timestamp', 'time_iso8601', 'time_local', 'msec', 'startutc', 'ts'],
};

/** Prefixes under which logs put request headers: nginx, Caddy, Traefik. */
const headerPrefix = /^(?:http_|request_headers_|request_header_|request_)/;

/** Headers that stand in logs without a prefix. */
const bareHeaders = new Set(['referer', 'user_agent', 'origin', 'cookie', 'authorization']);

/** Deep enough for Caddy's `request.headers.Referer`. */
const maxDepth = 3;

/** Where the fields stand in a log, told from the keys of some of its lines. */
export function findJsonPlaces(lines: readonly string[]): JsonPlace[] {
  const paths = new Map<string, readonly string[]>();
  for (const line of lines) collectPaths(parseObject(line) ?? {}, [], paths);
  const found = [...paths.values()];
  const best = bestSources(found.map(sourceOf));
  return [...best].map(([position, field]) => {
    const path = found[position] ?? [];
    return { field, path, emptyIsAbsent: path.length === 1 && nginxSource(path[0] ?? '') !== undefined };
  });
}

function collectPaths(value: object, outer: readonly string[], paths: Map<string, readonly string[]>): void {
  for (const [key, inner] of Object.entries(value)) {
    const path = [...outer, key];
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) paths.set(JSON.stringify(path), path);
    else if (path.length < maxDepth) collectPaths(inner, path, paths);
  }
}

function sourceOf(path: readonly string[]): FieldSource | undefined {
  const name = canonical(path);
  for (const [field, keys] of Object.entries(keysByField)) {
    const rank = keys.indexOf(name);
    if (rank >= 0) return { field: { name: field as FieldName }, rank };
  }
  const header = headerOf(name);
  return header === undefined ? undefined : { field: { header: header.replaceAll('_', '-') }, rank: 0 };
}

/** `:authority` → `authority`, `User-Agent` → `user_agent`, `request.headers.Referer` → `request_headers_referer`. */
function canonical(path: readonly string[]): string {
  return path
    .join('_')
    .toLowerCase()
    .replace(/^:/, '')
    .replaceAll(/[-.: ]/g, '_');
}

function headerOf(name: string): string | undefined {
  const bare = name.replace(headerPrefix, '');
  const corrected = bare === 'referrer' ? 'referer' : bare;
  if (bare !== name || bareHeaders.has(corrected)) return corrected;
  return /^(?:sec_|x_)/.test(bare) ? bare : undefined;
}
