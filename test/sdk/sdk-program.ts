import { join } from 'node:path';
import { fromRoot } from '../support/paths.js';
import { requireTool } from '../support/require-tool.js';
import { StartedProcess } from '../support/started-process.js';
import { goPrograms, pythonPackages } from '../support/tool-cache.js';

/** Who calls, and how. */
export interface SdkClient {
  readonly id: string;
  readonly secret: string;
  readonly endpoint: string;
  /** How OSS requests are signed. */
  readonly signature?: Signature;
  /** Where an OSS request has its bucket. */
  readonly style?: Style;
  /** By how many seconds its clock is wrong. */
  readonly clockError?: number;
}

export type Signature = 'v1' | 'v2' | 'v4';
export type Style = 'path' | 'host' | 'cname';

/** A call, as the programs in `python` and `go` read it; what it has beside these depends on the SDK. */
export interface SdkCall {
  readonly call: string;
  readonly client: SdkClient;
  readonly [more: string]: unknown;
}

/** What came of it. */
export interface SdkAnswer {
  readonly result?: unknown;
  readonly raised?: Raised;
}

/** An exception, or error, of the SDK. */
export interface Raised {
  /** Its class, or Go type. */
  readonly type: string;
  readonly status?: number;
  readonly code?: string;
  readonly ec?: string;
  readonly message: string;
}

/** The SDKs that `python/answer_calls.py` has, and those that are a program each in `go`. */
export type PythonSdk = 'oss2' | 'oss-v2' | 'oss-gateway' | 'cdn' | 'cdn-rpc';
export type GoSdk = 'ossv1' | 'ossv2';

/** Makes a call of one SDK. */
export type Perform = (call: SdkCall) => Promise<SdkAnswer>;

/** Starts the program of a Python SDK before the tests of the suite that this is called in. */
export function usePython(sdk: PythonSdk): Perform {
  return useProgram((context) => {
    const env = { PYTHONPATH: pythonPath(requireTool(context, pythonPackages(REQUIREMENTS))) };
    const program = new StartedProcess('python3', [fromRoot('test/sdk/python/answer_calls.py')], {
      env,
      stdin: 'pipe',
    });
    return { program, fixed: { sdk } };
  });
}

/** The same for one in Go. */
export function useGo(sdk: GoSdk): Perform {
  return useProgram((context) => {
    const folder = requireTool(context, goPrograms('test/sdk/go'));
    return { program: new StartedProcess(join(folder, sdk), [], { stdin: 'pipe' }), fixed: {} };
  });
}

/** PYTHONPATH of a program that uses the packages installed in `folder`. */
export function pythonPath(folder: string): string {
  return `${folder}:${fromRoot('test/sdk/python')}`;
}

export const REQUIREMENTS = 'test/sdk/python/requirements.txt';

interface Running {
  readonly program: StartedProcess;
  /** Goes with every call. */
  readonly fixed: object;
}

function useProgram(start: (context: Mocha.Context) => Running): Perform {
  let running: Running | undefined;
  before(function () {
    this.timeout(300_000);
    running = start(this);
  });
  after(() => running?.program.stop());
  return (call) => {
    if (!running) throw new Error('the program is asked before it is started');
    const { program, fixed } = running;
    const from = program.lines.length;
    program.say(JSON.stringify({ ...fixed, ...call }));
    return program.waitFor((line) => (line.startsWith('{') ? (JSON.parse(line) as SdkAnswer) : undefined), from);
  };
}
