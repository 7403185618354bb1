import { availableParallelism } from 'node:os';
import type { LogLevel } from './model/log-level.js';
import { type ListenAddress, parseListenAddress } from './transport/listen-address.js';

/** What `serve` runs by. Read once, at start; a reload of rules never reads them again. */
export interface Settings {
  readonly rules: string;
  /** `undefined`: no bot is ever verified. */
  readonly botRanges: string | undefined;
  /** `undefined`: this listener is off. */
  readonly grpcListen: ListenAddress | undefined;
  readonly httpListen: ListenAddress | undefined;
  readonly adminListen: ListenAddress | undefined;
  readonly manageListen: ListenAddress | undefined;
  /** `undefined` exactly where `manageListen` is: one without the other does not start. */
  readonly manageConfig: string | undefined;
  readonly defaultAction: 'allow' | 'deny';
  readonly shadow: boolean;
  readonly drainSeconds: number;
  /** Seconds; 0: for ever. */
  readonly maxConnectionAge: number;
  readonly maxConcurrentStreams: number;
  readonly cacheEntries: number;
  readonly trustedHops: number;
  readonly debugHeaders: boolean;
  readonly grpcReflection: boolean;
  /** Processes that answer; 1: this one alone. */
  readonly workers: number;
  readonly logLevel: LogLevel;
}

/** One flag of `serve`: how it is written, what it means, how its text is read. */
export interface Flag<Value> {
  /** Placeholder of the value in help texts; absent for a switch. */
  readonly placeholder?: string;
  /** What holds when the flag is not given; absent where it must be, or where it may be left out. */
  readonly fallback?: string;
  /** True: without it the setting is `undefined`. */
  readonly optional?: true;
  readonly help: string;
  /** The value, or what is wrong with the text. */
  parse(text: string): { readonly value: Value } | Problem;
}

interface Problem {
  readonly problem: string;
}

type Flags = { readonly [Name in keyof Settings]: Flag<Settings[Name]> };

/** Every flag of `serve`, in the order of its help text. The environment twin of `grpcListen` is REFGATE_GRPC_LISTEN. */
export const flags: Flags = {
  rules: { placeholder: 'DIR', help: 'folder of rule files', parse: nonEmpty },
  botRanges: {
    placeholder: 'DIR',
    optional: true,
    help: 'folder of the address ranges that bots have, one file a bot such as googlebot.json, for exempt.verifiedBots',
    parse: nonEmpty,
  },
  grpcListen: address('127.0.0.1:9191', 'where Envoy and Istio ask (gRPC ext_authz): host:port, unix:/path or off'),
  httpListen: address(
    '127.0.0.1:9192',
    'where nginx, Traefik, Caddy and Envoy ask by HTTP: host:port, unix:/path or off',
  ),
  adminListen: address('127.0.0.1:9193', 'health, metrics, status, explain: host:port, unix:/path or off'),
  manageListen: address(
    'off',
    'where rules are managed, by OSS and CDN SDKs and by REST; needs --manage-config: host:port, unix:/path or off',
  ),
  manageConfig: {
    placeholder: 'FILE',
    optional: true,
    help: 'settings of the management listener: its access keys, tokens, buckets and domains',
    parse: nonEmpty,
  },
  defaultAction: choice(['allow', 'deny'], 'allow', 'answer to a request that no policy covers'),
  shadow: toggle('let every request that a policy denies pass, marked shadow in log, metrics and metadata'),
  drainSeconds: wholeNumber(3600, '3', 'seconds to go on serving after SIGTERM, while health checks say not serving'),
  maxConnectionAge: wholeNumber(
    86_400,
    '300',
    'seconds after which a proxy is asked to connect anew (gRPC and HTTP), a tenth more or less, 0 for never; no call is lost',
  ),
  maxConcurrentStreams: wholeNumber(
    65_535,
    '1024',
    'gRPC calls that a proxy may have open on one connection; not fewer than it allows itself, or some are refused',
    1,
  ),
  cacheEntries: wholeNumber(
    10_000_000,
    '10000',
    'verdicts on Referers to remember, 0 for none; of regular expressions and oss globs alone, in 0.5 KB each on average at most',
  ),
  trustedHops: wholeNumber(
    100,
    '0',
    "proxies of yours in front of the one that asks: the client's address is so many places further left in X-Forwarded-For",
  ),
  debugHeaders: toggle('add x-refgate-policy and x-refgate-reason also to answers that reach the client'),
  grpcReflection: toggle('answer gRPC server reflection, for grpcurl and the like'),
  workers: {
    placeholder: 'N|auto',
    fallback: '1',
    help: 'processes that answer gRPC and HTTP, auto for one a core; each holds the rules, so they need N times the memory',
    parse: workers,
  },
  logLevel: choice<LogLevel>(
    ['trace', 'debug', 'info', 'warn', 'error', 'fatal'],
    'info',
    'least severe log lines to write',
  ),
};

/** `grpcListen` → `grpc-listen`, as the flag is written after its two dashes. */
export function flagName(name: keyof Settings): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** `grpcListen` → `REFGATE_GRPC_LISTEN`. */
export function environmentName(name: keyof Settings): string {
  return `REFGATE_${flagName(name).toUpperCase().replaceAll('-', '_')}`;
}

/**
 * Settings from the texts of the command line (a switch that is given is `true`) and, for what is missing there, from
 * the environment, where an empty variable counts as missing. All mistakes are reported together.
 */
export function readSettings(
  given: Readonly<Partial<Record<keyof Settings, string | boolean>>>,
  environment: Readonly<Record<string, string | undefined>>,
): { readonly settings: Settings } | { readonly problems: readonly string[] } {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(flags) as (keyof Settings)[]) {
    const source = given[name] === undefined ? environmentName(name) : `--${flagName(name)}`;
    const text = given[name] ?? (environment[environmentName(name)] || flags[name].fallback);
    const parsed = text === undefined ? absent(name) : flags[name].parse(String(text));
    if ('problem' in parsed) problems.push(text === undefined ? parsed.problem : `${source}: ${parsed.problem}`);
    else values[name] = parsed.value;
  }
  return problems.length > 0 ? { problems } : { settings: Object.freeze(values) as unknown as Settings };
}

function absent(name: keyof Settings): { readonly value: undefined } | Problem {
  if (flags[name].optional) return { value: undefined };
  return { problem: `--${flagName(name)} (or ${environmentName(name)}) is required: ${flags[name].help}` };
}

function nonEmpty(text: string): { value: string } | Problem {
  return text === '' ? { problem: 'is empty' } : { value: text };
}

function address(fallback: string, help: string): Flag<ListenAddress | undefined> {
  return { placeholder: 'ADDRESS', fallback, help, parse: parseListenAddress };
}

function choice<Value extends string>(values: readonly Value[], fallback: Value, help: string): Flag<Value> {
  return {
    placeholder: values.join('|'),
    fallback,
    help,
    parse: (text) => {
      const value = values.find((candidate) => candidate === text);
      return value === undefined ? { problem: `expected one of ${values.join(', ')}, got "${text}"` } : { value };
    },
  };
}

function wholeNumber(most: number, fallback: string, help: string, least = 0): Flag<number> {
  return {
    placeholder: 'N',
    fallback,
    help,
    parse: (text) => {
      const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
      if (value >= least && value <= most) return { value };
      return { problem: `expected a whole number from ${least} to ${most}, got "${text}"` };
    },
  };
}

/** More cores than any machine that only answers Checks; a slip of the hand would fill the memory. */
const mostWorkers = 128;

function workers(text: string): { value: number } | Problem {
  if (text === 'auto') return { value: Math.min(availableParallelism(), mostWorkers) };
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 1 && value <= mostWorkers) return { value };
  return { problem: `expected auto or a whole number from 1 to ${mostWorkers}, got "${text}"` };
}

/** A switch of the command line; its environment twin says `true` or `false`, or `1` or `0`. */
function toggle(help: string): Flag<boolean> {
  return {
    fallback: 'false',
    help,
    parse: (text) => {
      if (text === 'true' || text === '1') return { value: true };
      if (text === 'false' || text === '0') return { value: false };
      return { problem: `expected true or false, got "${text}"` };
    },
  };
}
