import type { Imported, ImportFailure, ImportSource } from '../imported.js';
import type { Directive } from './directive.js';
import { tellOfForeignChecks, tellOfNamedLocations, tellOfOtherPaths } from './foreign-checks.js';
import { inOrderOfHosts } from './host-order.js';
import { isIdle } from './idle-server.js';
import { readConfiguration } from './include-files.js';
import { LossList } from './loss-list.js';
import { type Server, serversOf } from './server.js';
import { type Part, partsOf } from './server-checks.js';
import { type HostlessPolicy, policiesOfParts, uncheckedServer, withHosts } from './server-policies.js';

/**
 * Turns the `valid_referers` of an nginx configuration, with all files that it includes, into policies that decide as
 * nginx does: which server, which location of it, which Referers. Nothing that a file holds makes it throw.
 */
export async function importNginx(source: ImportSource): Promise<Imported | ImportFailure> {
  const losses = new LossList();
  const root = await readConfiguration(source, losses);
  if ('problem' in root) return root;
  tellOfForeignChecks(root, losses);
  tellOfNamedLocations(root, losses);
  const policies = policiesOf(root, losses);
  if (policies.length > 0) tellOfOtherPaths(root, losses);
  else if (losses.losses.length === 0) {
    losses.harmless({ file: source.file, line: 1 }, 'nothing in it denies requests by their Referer: no policies');
  }
  return { policies, losses: losses.losses };
}

function policiesOf(root: readonly Directive[], losses: LossList): Imported['policies'] {
  const all = serversOf(root, losses);
  const parts = new Map(all.map((server) => [server, partsOf(server.at, server.directives, losses)]));
  const checks = (server: Server): boolean => (parts.get(server) ?? []).length > 0;
  const servers = all.filter((server) => checks(server) || !isIdle(server.directives));
  const blocks = inOrderOfHosts(servers, checks, losses);
  const policies = new Map<Server, readonly HostlessPolicy[]>();
  for (const { server } of blocks) {
    if (!policies.has(server)) policies.set(server, policiesOfServer(server, parts.get(server) ?? [], losses));
  }
  const written = blocks.flatMap((block) =>
    (policies.get(block.server) ?? []).map((policy) => withHosts(policy, block)),
  );
  return noted(written, noteOn(all, checks));
}

/** What to know about the hosts of the policies. */
function noteOn(servers: readonly Server[], checks: (server: Server) => boolean): string | undefined {
  const [first] = servers;
  if (servers.some((server) => checks(server) && server.isDefault && server.names.length === 0)) {
    return 'where no server_name names a host, policies cover every host';
  }
  if (first === undefined || !checks(first) || servers.some(({ isDefault }) => isDefault)) return undefined;
  // To take every host would surprise more than it protects: mostly it is the names that were meant.
  return 'nginx takes this first server also for hosts that no server_name names; leave hosts out to do so here too';
}

function noted([first, ...others]: Imported['policies'], note: string | undefined): Imported['policies'] {
  if (first === undefined) return [];
  return [note === undefined ? first : { ...first, comments: [note, ...first.comments] }, ...others];
}

function policiesOfServer(server: Server, parts: readonly Part[], losses: LossList): readonly HostlessPolicy[] {
  return parts.length === 0 ? [uncheckedServer(server)] : policiesOfParts(parts, server, losses);
}
