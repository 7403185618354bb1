import { exchange } from './http-exchange.js';
import { type RefgateProcess, startRefgate } from './refgate-process.js';
import type { RulesDir } from './rules-dir.js';
import type { OssCall, RawRequest } from './sign-oss.js';
import { signOss } from './sign-oss.js';

/** A running `refgate serve` that is managed. */
export interface ManagedRefgate extends RefgateProcess {
  /** `host:port` of the management listener. */
  readonly manage: string;
}

/** What came back. */
export interface ManagedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Starts it over a rule directory; the settings lie beside that, in `manage.yaml`. */
export async function startManaged(dir: RulesDir, settings: string): Promise<ManagedRefgate> {
  dir.writeBeside('manage.yaml', settings);
  const args = ['--manage-listen', '127.0.0.1:0', '--manage-config', dir.beside('manage.yaml')];
  const refgate = await startRefgate({ rules: dir.path, args });
  const manage = await refgate.process.waitFor(managedAddress);
  return { ...refgate, manage };
}

function managedAddress(line: string): string | undefined {
  if (!line.includes('"event":"ready"')) return undefined;
  return (JSON.parse(line) as { manage: string }).manage;
}

/** Signs a call of the OSS API and sends it. */
export function askOss({ manage }: ManagedRefgate, call: OssCall): Promise<ManagedAnswer> {
  return sendRaw(manage, signOss(call));
}

/** Sends a request as it is. */
export function sendRaw(address: string, { method, target, headers, body }: RawRequest): Promise<ManagedAnswer> {
  // Node would send a body of a GET as chunks that the server does not await.
  const length = body === '' ? [] : ['content-length', String(Buffer.byteLength(body))];
  return exchange(address, { method, path: target, headers: [...Object.entries(headers).flat(), ...length], body });
}

/** Whether a request for a picture of that host passes, asked as Envoy asks; without a Referer where none is given. */
export async function passes({ http }: RefgateProcess, host: string, referer?: string): Promise<boolean> {
  const headers = ['host', host, ...(referer === undefined ? [] : ['referer', referer])];
  const { status } = await exchange(http, { path: '/authz/envoy/a.jpg', headers });
  if (status !== 200 && status !== 403) throw new Error(`answered ${status}`);
  return status === 200;
}
