import { fromRoot } from '../../support/paths.js';
import { type RefgateProcess, startRefgate } from '../../support/refgate-process.js';
import type { StartedProcess } from '../../support/started-process.js';

/** How an instance is started, each time. */
export interface InstanceOptions {
  readonly name: 'steady' | 'restless';
  readonly rules: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A refgate that can end and be started anew at the same addresses. */
export class Instance {
  readonly name: InstanceOptions['name'];
  /** Every process that it was. */
  readonly lives: StartedProcess[] = [];
  readonly #options: InstanceOptions;
  #now: RefgateProcess;

  private constructor(options: InstanceOptions, first: RefgateProcess) {
    this.name = options.name;
    this.#options = options;
    this.#now = first;
    this.lives.push(first.process);
  }

  static async start(options: InstanceOptions): Promise<Instance> {
    return new Instance(options, await startOne(options));
  }

  get process(): StartedProcess {
    return this.#now.process;
  }

  get grpc(): string {
    return this.#now.grpc;
  }

  get admin(): string {
    return this.#now.admin;
  }

  get manage(): string {
    return this.#now.manage;
  }

  /** Starts it again where it was; to be called when it has ended. */
  async startAgain(): Promise<void> {
    const { grpc, http, admin } = this.#now;
    this.#now = await startOne(this.#options, { grpc, http, admin });
    this.lives.push(this.#now.process);
  }
}

function startOne(
  { rules, args, env }: InstanceOptions,
  addresses: Partial<Pick<RefgateProcess, 'grpc' | 'http' | 'admin'>> = {},
): Promise<RefgateProcess> {
  const collectGarbage = `--import=${new URL('../measure/collect-garbage.js', import.meta.url).href}`;
  return startRefgate({
    rules,
    ...addresses,
    // --debug-headers: the policy and the reason reach the visitor, who holds them against the oracle.
    // --drain-seconds: the default, which deploy/envoy/grpc.yaml is made for.
    args: ['--drain-seconds', '3', '--debug-headers', ...args],
    env: { ...env, NODE_OPTIONS: collectGarbage, NODE_V8_COVERAGE: '' },
    cwd: fromRoot('.'),
  });
}
