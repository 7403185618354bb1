import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RulesDir } from '../support/rules-dir.js';
import { StartedProcess } from '../support/started-process.js';
import type { Step } from './guide-page.js';

const run = promisify(execFile);

/** Commands that go on running, and the line by which each says that it is ready. */
const SERVERS = { refgate: '"event":"ready"', envoy: 'starting workers', nginx: 'start worker processes' } as const;

/** A reader's folder, where what the page says is done. */
export class Reader {
  readonly #folder: RulesDir;
  readonly #env: Record<string, string>;
  readonly #addresses: Readonly<Record<string, string>>;
  readonly #running: StartedProcess[] = [];

  constructor(folder: RulesDir, env: Record<string, string>, addresses: Readonly<Record<string, string>>) {
    this.#folder = folder;
    this.#env = env;
    this.#addresses = addresses;
  }

  /** Does a step; what its commands print. */
  async follow(step: Step): Promise<string> {
    const text = this.#here(step.text);
    if (step.kind === 'file') {
      this.#folder.write(step.name, text);
      return '';
    }
    const server = /^(refgate serve|envoy|nginx) /m.exec(text);
    if (server) return await this.#startServer(text, server[1] as string);
    const env = { ...process.env, ...this.#env };
    // Not waited for synchronously: what the commands ask may be answered by this process.
    return (await run('sh', ['-ec', text], { cwd: this.#folder.path, env })).stdout;
  }

  async stop(): Promise<void> {
    for (const each of this.#running.toReversed()) await each.stop();
    this.#folder.dispose();
  }

  async #startServer(text: string, command: string): Promise<string> {
    const started = new StartedProcess('sh', ['-ec', asLastCommand(text)], { cwd: this.#folder.path, env: this.#env });
    this.#running.push(started);
    const ready = SERVERS[command.split(' ')[0] as keyof typeof SERVERS];
    return await started.waitFor((line) => (line.includes(ready) ? line : undefined));
  }

  #here(text: string): string {
    return Object.entries(this.#addresses).reduce((so, [there, here]) => so.replaceAll(there, here), text);
  }
}

/** The shell gives way to the server, so that it can be stopped. */
function asLastCommand(text: string): string {
  return text.replace(/^(?=refgate |envoy |nginx )/m, 'exec ');
}
