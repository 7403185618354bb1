import { fromRoot } from './paths.js';
import { StartedProcess, type StartOptions } from './started-process.js';

/** Where to listen; port 0 takes a free one. */
export interface RefgateOptions extends StartOptions {
  readonly rules: string;
  readonly grpc?: string;
  readonly http?: string;
  readonly admin?: string;
  /** Further arguments of `refgate serve`. */
  readonly args?: readonly string[];
}

/** A running `refgate serve` with the addresses that it really bound. */
export interface RefgateProcess {
  readonly process: StartedProcess;
  readonly grpc: string;
  readonly http: string;
  readonly admin: string;
  /** Empty where `--manage-listen` is not given. */
  readonly manage: string;
}

/** Starts the build's command line and waits until it says that it is ready. */
export function startRefgate(options: RefgateOptions): Promise<RefgateProcess> {
  const { rules, grpc = '127.0.0.1:0', http = '127.0.0.1:0', admin = '127.0.0.1:0', args = [] } = options;
  const listen = ['--grpc-listen', grpc, '--http-listen', http, '--admin-listen', admin];
  const command = [fromRoot('dist/main.js'), 'serve', '--rules', rules, ...listen, '--drain-seconds', '0', ...args];
  return whenReady(new StartedProcess(process.execPath, command, options));
}

/** Waits for the line that says which addresses were bound. */
export async function whenReady(started: StartedProcess): Promise<RefgateProcess> {
  const { grpc, http, admin, manage } = await started.waitFor(readyEvent);
  return { process: started, grpc, http, admin, manage: manage ?? '' };
}

type ReadyEvent = Record<'grpc' | 'http' | 'admin', string> & { readonly manage: string | null };

function readyEvent(line: string): ReadyEvent | undefined {
  if (!line.includes('"event":"ready"')) return undefined;
  return JSON.parse(line) as ReadyEvent;
}
