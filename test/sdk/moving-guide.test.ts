import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import type { Context } from 'mocha';
import { ask } from '../support/ask.js';
import { deployFile, envoyAddress } from '../support/deploy-file.js';
import { documented, documentedRefgate, envoyGrpc, nginx } from '../support/fronts.js';
import { freeAddress } from '../support/listen-on.js';
import { type Origin, startOrigin } from '../support/origin.js';
import { fromRoot } from '../support/paths.js';
import { requireTool } from '../support/require-tool.js';
import { RulesDir } from '../support/rules-dir.js';
import { findCurl, pythonPackages } from '../support/tool-cache.js';
import { stepsOf } from './guide-page.js';
import { Reader } from './guide-reader.js';
import { type OldPlace, startOldPlace } from './old-place.js';
import { pythonPath, REQUIREMENTS } from './sdk-program.js';

type Proxy = 'envoy' | 'nginx';

for (const proxy of ['envoy', 'nginx'] as const) {
  describe(`the guide to moving to refgate, with ${proxy} in front`, function () {
    this.timeout(120_000);
    let origin: Origin;
    let old: OldPlace;
    let reader: Reader;
    let front: string;

    before(async function () {
      this.timeout(300_000);
      const tools = toolsOf(this, proxy);
      [origin, old, front] = await Promise.all([startOrigin(), startOldPlace(), freeAddress()]);
      reader = await readerWith(proxy, tools, origin.address, old.address, front);
    });

    after(async () => {
      await reader.stop();
      await Promise.all([old.stop(), origin.stop()]);
    });

    it('comes out at every step as it says', async () => {
      const other = proxy === 'envoy' ? /^nginx /m : /^envoy /m;
      for (const step of stepsOf('docs/moving-to-refgate.md').filter(({ text }) => !other.test(text))) {
        const printed = await reader.follow(step);
        if (step.kind === 'commands' && step.prints !== undefined) expect(printed, step.text).to.equal(step.prints);
        for (const [command, expected] of PRINTED) if (step.text.includes(command)) expect(printed).to.match(expected);
      }
    });

    it('leaves a proxy that keeps to the lists of the bucket and of the domain', async () => {
      const status = async (host: string, referer: string): Promise<number> =>
        (await ask(front, { target: '/a.jpg', host, referers: [referer] })).status;
      expect(await status('img.shop.example', 'https://www.shop.example/')).to.equal(200);
      expect(await status('img.shop.example', 'https://evil.shop.example/')).to.equal(403);
      expect(await status('cdn.shop.example', 'https://www.shop.example/')).to.equal(200);
      expect(await status('cdn.shop.example', 'https://leech.example/')).to.equal(302);
    });
  });
}

/** What else is to be seen in the output of commands whose output the page does not print. */
const PRINTED: readonly (readonly [command: string, expected: RegExp])[] = [
  [
    'cat rules/managed/shop-images.yaml',
    /hosts:\s+- img\.shop\.example[\s\S]*http\*:\/\/\*\.shop\.example\/[\s\S]*empty: deny/,
  ],
  [
    'cat rules/managed/cdn.shop.example.yaml',
    /- shop\.example\n[\s\S]*redirect: https:\/\/shop\.example\/hotlink\.png/,
  ],
  ['refgate explain', /deny/],
  ['/metrics', /decision="deny".*mode="shadow".* 1$/m],
];

interface Tools {
  readonly proxy: string;
  readonly python: string;
}

function toolsOf(context: Context, proxy: Proxy): Tools {
  requireTool(context, findCurl());
  const binary = requireTool(context, (proxy === 'envoy' ? envoyGrpc : nginx).find());
  return { proxy: binary, python: requireTool(context, pythonPackages(REQUIREMENTS)) };
}

/** A folder with the deploy files, and an environment with what the reader has installed. */
async function readerWith(
  proxy: Proxy,
  { proxy: binary, python }: Tools,
  origin: string,
  old: string,
  front: string,
): Promise<Reader> {
  const folder = new RulesDir();
  const [grpc, http, admin, manage] = await Promise.all([freeAddress(), freeAddress(), freeAddress(), freeAddress()]);
  const programs = folder.beside('bin');
  mkdirSync(programs);
  writeProgram(join(programs, 'refgate'), `exec '${process.execPath}' '${fromRoot('dist/main.js')}' "$@"`);
  writeProgram(join(programs, proxy), `exec '${binary}' "$@"`);
  folder.write('deploy/envoy/grpc.yaml', envoyFile(front, origin, grpc));
  folder.write('deploy/nginx/refgate.conf', nginxFile(front, origin, http));
  // nginx's workers are another user, who must reach its folder.
  chmodSync(folder.around, 0o755);
  const env = {
    PATH: [programs, process.env['PATH']].join(delimiter),
    PYTHONPATH: pythonPath(python),
    ...{
      REFGATE_GRPC_LISTEN: grpc,
      REFGATE_HTTP_LISTEN: http,
      REFGATE_ADMIN_LISTEN: admin,
      REFGATE_DRAIN_SECONDS: '0',
    },
    ...{ OLD_KEY_ID: 'LTOLD', OLD_KEY_SECRET: 'sk-old', OLD_CDN: old, OLD_CDN_PROTOCOL: 'HTTP' },
    OLD_ENDPOINT: `http://oss-cn-hangzhou.example${old.slice(old.lastIndexOf(':'))}`,
  };
  const addresses = {
    '127.0.0.1:9194': manage,
    [documentedRefgate.admin]: admin,
    [documentedRefgate.http]: http,
    '127.0.0.1:8000': front,
    '/tmp/refgate-nginx': folder.beside('nginx'),
  };
  return new Reader(folder, env, addresses);
}

function writeProgram(path: string, command: string): void {
  writeFileSync(path, `#!/bin/sh\n${command}\n`, { mode: 0o755 });
}

function envoyFile(front: string, origin: string, refgate: string): string {
  return deployFile('envoy/grpc.yaml', [
    [envoyAddress(documented.listen), envoyAddress(front)],
    [envoyAddress(documented.envoyAdmin), envoyAddress('127.0.0.1:0')],
    [envoyAddress(documented.origin), envoyAddress(origin)],
    [envoyAddress(documentedRefgate.grpc), envoyAddress(refgate)],
    ...envoyGrpc.patience,
  ]);
}

function nginxFile(front: string, origin: string, refgate: string): string {
  return deployFile('nginx/refgate.conf', [
    [documented.listen, front],
    [documented.origin, origin],
    [documentedRefgate.http, refgate],
    // The level at which it says that it is ready.
    ['error_log stderr warn', 'error_log stderr notice'],
    ...nginx.patience,
  ]);
}
