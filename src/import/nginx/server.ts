import { type Directive, named } from './directive.js';
import type { LossList } from './loss-list.js';
import { withoutConflicts } from './name-conflicts.js';
import { namesHost, type ServerName, serverNamesOf } from './server-names.js';

/** One `server` of a configuration. */
export interface Server {
  /** The `server` itself, or the first directive of a file that holds what stands inside of one. */
  readonly at: Directive;
  readonly directives: readonly Directive[];
  /** Those that it is chosen by. */
  readonly names: readonly ServerName[];
  /** All of them, as `server_names` of its `valid_referers` means them. */
  readonly writtenNames: readonly ServerName[];
  /** Whether it also answers for hosts that no server names. */
  readonly isDefault: boolean;
  readonly schemes: ReadonlySet<Scheme>;
}

export type Scheme = 'http' | 'https';

/**
 * The servers of a configuration. A file of `sites-available` begins with `server`, and a snippet holds what stands
 * inside of one: both are read as if the rest stood around them.
 */
export function serversOf(root: readonly Directive[], losses: LossList): Server[] {
  const inHttp = [...named(root, 'http').flatMap(({ block = [] }) => block), ...root];
  const servers = named(inHttp, 'server').filter(({ block }) => block !== undefined);
  const loose = root.find(({ name }) => name === 'location' || name === 'valid_referers');
  const read = [
    ...servers.map((at) => readServer(at, at.block ?? [], losses)),
    ...(loose === undefined ? [] : [readServer(loose, root, losses)]),
  ];
  return withoutConflicts(read, losses);
}

function readServer(at: Directive, directives: readonly Directive[], losses: LossList): Server {
  const names = serverNamesOf(directives, losses);
  const listens = named(directives, 'listen').map(({ args }) => args);
  const hasNames = named(directives, 'server_name').some(({ args }) => args.some(namesHost));
  return {
    at,
    directives,
    names,
    writtenNames: names,
    isDefault: !hasNames || listens.some((words) => words.includes('default_server') || words.includes('default')),
    schemes: schemesOf(directives, listens),
  };
}

function schemesOf(directives: readonly Directive[], listens: readonly (readonly string[])[]): ReadonlySet<Scheme> {
  const ssl = named(directives, 'ssl').some(({ args }) => args[0] === 'on');
  if (ssl) return new Set<Scheme>(['https']);
  // Without `listen`, a server listens on *:80, or *:8000 (`ngx_http_core_server`).
  if (listens.length === 0) return new Set<Scheme>(['http']);
  return new Set(listens.map((words): Scheme => (isSecure(words) ? 'https' : 'http')));
}

function isSecure(listen: readonly string[]): boolean {
  return listen.includes('ssl') || listen.includes('quic') || /(?:^|:)443$/.test(listen[0] ?? '');
}
