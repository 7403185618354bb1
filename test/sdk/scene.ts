import { readFileSync } from 'node:fs';
import type { Context } from 'mocha';
import { ask } from '../support/ask.js';
import { envoyGrpc } from '../support/fronts.js';
import { startOrigin } from '../support/origin.js';
import { fromRoot } from '../support/paths.js';
import { type RefgateProcess, startRefgate } from '../support/refgate-process.js';
import { requireTool } from '../support/require-tool.js';
import { RulesDir, writeFiles } from '../support/rules-dir.js';
import type { SdkClient, Signature, Style } from './sdk-program.js';

/** A refgate that is managed by SDKs. */
export interface Managed {
  /** `host:port` of the management listener. */
  readonly manage: string;
  readonly rules: RulesDir;
  stop(): Promise<void>;
}

/** The same with Envoy in front of it. */
export interface Scene extends Managed {
  /** What Envoy answers to requests for an image with these Referers. */
  statuses(host: string, referers: readonly (string | undefined)[]): Promise<number[]>;
}

const BY_HAND =
  'policies: [{ name: shop-legacy, match: { hosts: [legacy.shop.example] }, referer: { allow: [shop.example] } }]\n';

/** The settings of `manage.yaml`. */
const SHOP = readFileSync(fromRoot('test/sdk/manage.yaml'), 'utf8');

/**
 * Starts refgate before the tests of the suite that this is called in, and stops it after them.
 *
 * @param more - settings beside those of `manage.yaml`
 */
export function useManaged(more = 'requestsPerSecond: 0\n'): () => Managed {
  return useStarted(() => startManaged(more));
}

/** The same with Envoy. */
export function useScene(): () => Scene {
  return useStarted(startScene);
}

function useStarted<T extends Managed>(start: (context: Context) => Promise<T>): () => T {
  let started: T | undefined;
  before(async function () {
    this.timeout(300_000);
    started = await start(this);
  });
  after(() => started?.stop());
  return () => {
    if (!started) throw new Error('refgate is asked for before it is started');
    return started;
  };
}

async function startManaged(more: string): Promise<Managed & { readonly refgate: RefgateProcess }> {
  const rules = new RulesDir({ 'by-hand.yaml': BY_HAND });
  writeFiles(rules.around, { 'manage.yaml': SHOP + more });
  const args = ['--manage-listen', '127.0.0.1:0', '--manage-config', rules.beside('manage.yaml')];
  const refgate = await startRefgate({ rules: rules.path, args });
  const stop = async (): Promise<void> => {
    await refgate.process.stop();
    rules.dispose();
  };
  return { manage: refgate.manage, refgate, rules, stop };
}

async function startScene(context: Context): Promise<Scene> {
  const envoy = requireTool(context, envoyGrpc.find());
  const [managed, origin] = await Promise.all([startManaged('requestsPerSecond: 0\n'), startOrigin()]);
  const { manage, refgate, rules } = managed;
  const behind = { refgate, origin: origin.address, folder: rules.around, substitutions: envoyGrpc.patience };
  const front = await envoyGrpc.start(envoy, behind);
  const stop = async (): Promise<void> => {
    await front.process.stop();
    await Promise.all([managed.stop(), origin.stop()]);
  };
  return {
    ...{ manage, rules, stop },
    statuses: (host, referers) => Promise.all(referers.map((referer) => statusOf(front.address, host, referer))),
  };
}

async function statusOf(front: string, host: string, referer: string | undefined): Promise<number> {
  const referers = referer === undefined ? [] : [referer];
  return (await ask(front, { target: '/a.jpg', host, referers })).status;
}

/** The shop's client, whose endpoint is such that the bucket is where `style` says. */
export function shopClient({ manage }: Managed, style: Style = 'path', signature: Signature = 'v1'): SdkClient {
  const port = manage.slice(manage.lastIndexOf(':'));
  const hosts: Record<Style, string> = {
    path: '127.0.0.1',
    host: 'oss-cn-hangzhou.example',
    cname: 'img.shop.example',
  };
  return { id: 'AKSHOP', secret: 'sk-shop', endpoint: `http://${hosts[style]}${port}`, style, signature };
}
