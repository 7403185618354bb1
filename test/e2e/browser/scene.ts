import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { stringify } from 'yaml';
import { startChromium } from '../../support/chromium.js';
import { envoyGrpc, type StartedFront } from '../../support/fronts.js';
import { startRefgate } from '../../support/refgate-process.js';
import { requireTool } from '../../support/require-tool.js';
import { writeFiles } from '../../support/rules-dir.js';
import { findChromium } from '../../support/tool-cache.js';
import { WebSite } from '../../support/web-site.js';
import { picture, sound } from './media.js';

/** What a policy may say of empty Referers, by the folder of the shop that is under that policy. */
export const settings = {
  allow: { empty: 'allow' },
  deny: { empty: 'deny' },
  verify: { empty: 'verify' },
  strict: { empty: 'verify', verifyFallback: 'deny' },
} as const;

export type Setting = keyof typeof settings;

/** A browser, a shop behind Envoy and refgate, and a server for the pages of others. */
export interface Scene {
  readonly browser: Browser;
  readonly envoy: StartedFront;
  /** The origin behind Envoy. */
  readonly shop: WebSite;
  /** Not protected: pages that embed what is the shop's. */
  readonly others: WebSite;
}

/** Sets the scene before the tests of the suite that this is called in, and clears it after them. */
export function useScene(): () => Scene {
  let scene: (Scene & { stop(): Promise<void> }) | undefined;
  before(async function () {
    scene = await setScene(requireTool(this, findChromium()), requireTool(this, envoyGrpc.find()));
  });
  after(() => scene?.stop());
  return () => {
    if (!scene) throw new Error('the scene is asked for before it is set');
    return scene;
  };
}

async function setScene(chromium: string, envoyBinary: string): Promise<Scene & { stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'refgate-browser-'));
  const rules = join(folder, 'rules');
  const home = join(folder, 'home');
  mkdirSync(home);
  writeFiles(rules, {
    'policies.yaml': stringify({ policies: Object.keys(settings).map((name) => policy(name as Setting)) }),
  });
  const [refgate, shop, others] = await Promise.all([startRefgate({ rules }), WebSite.start(), WebSite.start()]);
  for (const setting of Object.keys(settings)) {
    shop.put(`/${setting}/picture.png`, picture);
    shop.put(`/${setting}/film.wav`, sound);
  }
  const behind = { refgate, origin: shop.address, folder, substitutions: envoyGrpc.patience };
  const envoy = await envoyGrpc.start(envoyBinary, behind);
  const browser = await startChromium(chromium, home);
  const stop = async (): Promise<void> => {
    await browser.close();
    await envoy.process.stop();
    await Promise.all([refgate.process.stop(), shop.stop(), others.stop()]);
    rmSync(folder, { recursive: true });
  };
  return { browser, envoy, shop, others, stop };
}

function policy(setting: Setting): object {
  return {
    name: setting,
    match: { paths: [`/${setting}/**`] },
    referer: { allow: ['localhost', 'partner.example'], ...settings[setting] },
  };
}
