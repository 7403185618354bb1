import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fromRoot } from '../support/paths.js';
import { triesAt } from './tries.js';

interface Ready {
  readonly event: 'ready';
  readonly grpc: string | null;
  readonly http: string | null;
  readonly admin: string | null;
}

/**
 * Serves the example rules as a user would, further flags from the command line. Standard output is refgate's own log;
 * what is said here goes to standard error, so that the two can be told apart.
 */
const args = [fromRoot('dist/main.js'), 'serve', '--rules', fromRoot('deploy/rules'), ...process.argv.slice(2)];
const refgate = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
// Ctrl-C reaches refgate by itself: the terminal sends it to both.
process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => refgate.kill(signal));
refgate.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
createInterface({ input: refgate.stdout }).on('line', (line) => {
  console.log(line);
  const entry = JSON.parse(line) as Ready | { readonly event: undefined };
  if (entry.event === 'ready') console.error(introduction(entry));
});

function introduction({ grpc, http, admin }: Ready): string {
  return [
    '',
    'refgate answers by the rules in deploy/rules:',
    `  gRPC   ${grpc}   Envoy, Istio`,
    `  HTTP   ${http}   nginx, Traefik, Caddy, Envoy`,
    `  admin  ${admin}   curl http://${admin}/v1/status`,
    '',
    'Try:',
    ...triesAt(`${http}/authz/envoy`),
    '',
    'Ctrl-C ends it.',
  ].join('\n');
}
