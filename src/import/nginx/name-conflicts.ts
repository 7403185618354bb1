import { quote } from '../../rules/key-path.js';
import { type Directive, named } from './directive.js';
import type { LossList } from './loss-list.js';
import type { Server } from './server.js';
import type { ServerName } from './server-names.js';

/**
 * The servers without the names that nginx ignores ("conflicting server name"), since one before has taken them on the
 * same address. `.example.com` is ignored as a whole beside an earlier `example.com` or `*.example.com`, and takes both
 * (`ngx_hash_add_key`).
 */
export function withoutConflicts(servers: readonly Server[], losses: LossList): Server[] {
  const taken = new Set<string>();
  return servers.map((server) => {
    const addresses = addressesOf(server.directives);
    const names = server.names.filter((name) => {
      const wins = addresses.map((address) => takes(name, address, taken));
      if (wins.includes(true)) return true;
      const at = placeOf(name, server) ?? server.at;
      losses.harmless(at, `server_name ${quote(name.text)}: nginx ignores it, since it has been given before`);
      return false;
    });
    return { ...server, names };
  });
}

/** False: it, or what it would match, is taken. What is not, is from now on. */
function takes({ text, kind }: ServerName, address: string, taken: Set<string>): boolean {
  for (const key of kind === 'regex' ? [] : keysOf(text)) {
    const taking = `${address} ${key}`;
    if (taken.has(taking)) return false;
    taken.add(taking);
  }
  return true;
}

function keysOf(text: string): readonly string[] {
  return text.startsWith('.') ? [text.slice(1), `*${text}`] : [text];
}

/** `80`, `*:80` and no `listen` at all are the same; other addresses as they are written. */
function addressesOf(directives: readonly Directive[]): readonly string[] {
  const written = named(directives, 'listen').map(({ args }) => (args[0] ?? '').replace(/^\*:/, ''));
  return written.length === 0 ? ['80'] : written;
}

function placeOf({ text }: ServerName, { directives }: Server): Directive | undefined {
  return named(directives, 'server_name').find(({ args }) => args.some((arg) => arg.toLowerCase() === text));
}
