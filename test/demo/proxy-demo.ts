import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { documentedRefgate, type Front } from '../support/fronts.js';
import { listensAlready } from '../support/listen-on.js';
import { startOrigin } from '../support/origin.js';
import { fromRoot } from '../support/paths.js';
import { startRefgate } from '../support/refgate-process.js';
import { type StartedProcess, stopLeftovers } from '../support/started-process.js';
import { introduction } from './introduction.js';

/**
 * Where everything listens: the addresses of the deploy files, on the loopback interface alone. Another one can be
 * chosen by the environment, for a machine where a port is taken.
 */
const addresses = {
  DEMO_LISTEN: '127.0.0.1:8000',
  DEMO_ORIGIN: '127.0.0.1:8080',
  REFGATE_GRPC_LISTEN: documentedRefgate.grpc,
  REFGATE_HTTP_LISTEN: documentedRefgate.http,
  REFGATE_ADMIN_LISTEN: documentedRefgate.admin,
};

/**
 * Runs refgate with the example rules, a small origin, and a real proxy with its deploy file before them, until Ctrl-C.
 * Whatever ends the demo, nothing is left behind: no process, no temporary file.
 */
export async function runDemo(front: Front): Promise<void> {
  const chosen = Object.entries(addresses).map(([name, address]) => [name, process.env[name] ?? address] as const);
  const stops: (() => unknown)[] = [];
  // Heard from the first moment on, so that Ctrl-C while the parts start leaves nothing behind either.
  const asked = new Promise<undefined>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(undefined));
  });
  try {
    await refuseTakenPorts(chosen);
    const parts = await start(front, Object.fromEntries(chosen) as typeof addresses, stops);
    await untilEnded(parts, asked);
  } catch (error) {
    process.exitCode = 1;
    console.error(error instanceof Error ? error.message : error);
  } finally {
    for (const stop of stops.reverse()) await stop();
    // A part that started and never became ready.
    await stopLeftovers();
  }
}

async function refuseTakenPorts(chosen: readonly (readonly [name: string, address: string])[]): Promise<void> {
  for (const [name, address] of chosen) {
    if (!(await listensAlready(address))) continue;
    throw new Error(
      `${address} is in use: end what listens there, or choose another address with ${name}=127.0.0.1:PORT`,
    );
  }
}

/** Starts all three and says what to try; each that runs adds to `stops` how it is ended. */
async function start(front: Front, at: typeof addresses, stops: (() => unknown)[]): Promise<StartedProcess[]> {
  const fetched = front.name.startsWith('Envoy') ? ', which is installed into .cache if it is not there yet' : '';
  console.log(`Looking for ${front.name}${fetched} ...`);
  const tool = front.find();
  if ('missing' in tool) throw new Error(`missing: ${tool.missing}`);
  const folder = mkdtempSync(join(tmpdir(), 'refgate-demo-'));
  stops.push(() => rmSync(folder, { recursive: true }));

  const origin = await startOrigin(at.DEMO_ORIGIN);
  stops.push(() => origin.stop());
  const refgate = await startRefgate({
    rules: fromRoot('deploy/rules'),
    grpc: at.REFGATE_GRPC_LISTEN,
    http: at.REFGATE_HTTP_LISTEN,
    admin: at.REFGATE_ADMIN_LISTEN,
  });
  stops.push(() => refgate.process.stop());
  const behind = { refgate, origin: origin.address, folder, listen: at.DEMO_LISTEN };
  const proxy = await front.start(tool.path, behind);
  stops.push(() => proxy.process.stop());

  console.log(introduction(front.name, proxy.address, origin.address, refgate));
  return [proxy.process, refgate.process];
}

/** Waits until the user ends the demo. A part that ends by itself is an error. */
async function untilEnded(parts: readonly StartedProcess[], asked: Promise<undefined>): Promise<void> {
  const ended = await Promise.race([asked, ...parts.map((part) => part.exited.then(() => part))]);
  if (ended) throw new Error(`a part of the demo ended:\n${ended.lines.slice(-10).join('\n')}`);
}
