import { type ChildProcess, fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { LineCutter } from './line-cutter.js';
import type { FromWorker, ToWorker } from './messages.js';
import { withYoungGeneration } from './young-generation.js';

/** How a process ended: by an exit code or by a signal. */
export interface WorkerEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Who hears of a worker. */
export interface WorkerListener {
  message(message: FromWorker): void;
  /** A whole line of its log, with its line break. */
  line(line: string): void;
  /** Called once, after the last message. */
  ended(end: WorkerEnd): void;
}

/** A worker process as the primary sees it. */
export interface WorkerProcess {
  readonly pid: number | undefined;
  /** What cannot be delivered any more is lost: `ended` follows. */
  send(message: ToWorker): void;
  /** Shares a connection: it stays open here too, so that it can be given to another worker if this one dies. */
  share(message: ToWorker, socket: Socket): void;
  /** Ends it at once. */
  kill(): void;
}

/** Starts a worker. */
export type StartWorker = (listener: WorkerListener) => WorkerProcess;

/**
 * Starts workers as processes that run the program.
 *
 * Its log comes through the primary: a write to a pipe is whole up to 4096 bytes (PIPE_BUF), and longer lines of several
 * processes would run into each other. What Node itself says when a process dies goes to stderr, which is shared.
 */
export function workerProgram(path: string): StartWorker {
  return (listener) => forkWorker(path, listener);
}

function forkWorker(path: string, listener: WorkerListener): WorkerProcess {
  const execArgv = withYoungGeneration(process.execArgv, process.env['NODE_OPTIONS']);
  const child = fork(path, [], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv });
  const lines = new LineCutter((line) => listener.line(line));
  child.stdout?.on('data', (chunk: Buffer) => lines.write(chunk));
  child.on('message', (message) => listener.message(message as FromWorker));
  tellEnd(child, (end) => {
    lines.end();
    listener.ended(end);
  });
  const ignore = () => undefined;
  return {
    pid: child.pid,
    send: (message) => void (child.connected && child.send(message, ignore)),
    share: (message, socket) => void (child.connected && child.send(message, socket, { keepOpen: true }, ignore)),
    kill: () => void child.kill('SIGKILL'),
  };
}

/** `close` comes after the last line and message; a process that could not be started has no `exit` before it. */
function tellEnd(child: ChildProcess, tell: (end: WorkerEnd) => void): void {
  let told = false;
  const once = (end: WorkerEnd) => {
    if (!told) tell(end);
    told = true;
  };
  child.on('error', () => {
    if (child.pid === undefined) once({ code: null, signal: null });
  });
  child.on('close', (code, signal) => once({ code, signal }));
}
