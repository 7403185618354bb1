import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartedProcess } from './started-process.js';

/** Starts nginx in the foreground with a configuration text; `folder` takes its logs and temporary files. */
export async function startNginx(binary: string, folder: string, configuration: string): Promise<StartedProcess> {
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration);
  // Its workers are another user, who must reach the folder.
  chmodSync(folder, 0o755);
  // `notice` is the level at which nginx says that its workers run; from then on it takes connections.
  const foreground = 'daemon off; error_log stderr notice;';
  const nginx = new StartedProcess(binary, ['-c', file, '-p', folder, '-g', foreground]);
  await nginx.waitFor((line) => (line.includes('start worker processes') ? true : undefined));
  return nginx;
}
