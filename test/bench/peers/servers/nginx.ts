import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freeAddress } from '../../../support/listen-on.js';
import type { Peer, Place, RunningPeer } from '../peer.js';
import { firstLine, lineWith, startPinned } from '../pinned-process.js';

/** nginx's own referer module, and the same nginx without it. Both answer themselves, without an origin. */
export function nginxPeers(binary: string): Peer[] {
  const common = { protocol: 'http', start: (place: Place) => startNginx(binary, place, true) } as const;
  return [
    { ...common, key: 'nginx', name: 'nginx, valid_referers', decides: true, edit: '`nginx -s reload`' },
    {
      ...common,
      key: 'nginx-bare',
      name: 'nginx, decides nothing',
      decides: false,
      edit: 'no rules',
      start: (place) => startNginx(binary, place, false),
    },
  ];
}

async function startNginx(binary: string, place: Place, decides: boolean): Promise<RunningPeer> {
  const { cpus, folder, names, bound } = place;
  // Its worker is another user, who must reach the folder.
  chmodSync(folder, 0o755);
  const file = join(folder, 'nginx.conf');
  const address = await freeAddress();
  const write = (all: readonly string[]): void =>
    writeFileSync(file, configuration(address, decides ? all : undefined));
  write(names);
  const foreground = 'daemon off; error_log stderr notice;';
  const nginx = startPinned(cpus, binary, ['-c', file, '-p', folder, '-g', foreground]);
  await firstLine(nginx, bound, lineWith('start worker processes'));
  return {
    address,
    pid: nginx.pid,
    prepare: async (changed) => {
      write(changed);
      // What `nginx -s reload` sends.
      return async () => nginx.kill('SIGHUP');
    },
    stop: async () => {
      await nginx.stop();
    },
  };
}

function configuration(address: string, names: readonly string[] | undefined): string {
  const referers = names === undefined ? '' : `${referersOf(names)}\n      if ($invalid_referer) { return 403; }`;
  return `worker_processes 1;
pid nginx.pid;
events { worker_connections 4096; }
http {
  access_log off;
  keepalive_requests 1000000000;
  server {
    listen ${address} backlog=4096;
    location / {
      ${referers}
      return 204;
    }
  }
}
`;
}

/** `.name`: it and all below it. Without larger tables nginx warns, and searches in overlong buckets. */
function referersOf(names: readonly string[]): string {
  const tables = [
    `referer_hash_max_size ${Math.max(2048, names.length * 2)};`,
    `referer_hash_bucket_size ${names.length > 1000 ? 512 : 64};`,
  ];
  return [...tables, 'valid_referers none', ...names.map((name) => `  .${name}`), ';'].join('\n      ');
}
