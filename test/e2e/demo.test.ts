import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { envoyGrpc, nginx } from '../support/fronts.js';
import { freeAddress, listensAlready } from '../support/listen-on.js';
import { startOrigin } from '../support/origin.js';
import { fromRoot } from '../support/paths.js';
import { requireTool } from '../support/require-tool.js';
import { StartedProcess } from '../support/started-process.js';
import { findCurl } from '../support/tool-cache.js';

const demos = [
  { script: 'envoy', front: envoyGrpc },
  { script: 'nginx', front: nginx },
];

for (const { script, front } of demos) {
  describe(`the demo with ${front.name}`, function () {
    this.timeout(60_000);
    // Everything that the demo leaves behind would be in here.
    let temporary: string;
    const env: Record<string, string> = {};

    before(async function () {
      temporary = mkdtempSync(join(tmpdir(), 'refgate-demo-test-'));
      requireTool(this, findCurl());
      requireTool(this, front.find());
      env['TMPDIR'] = temporary;
      const listeners = [
        'DEMO_LISTEN',
        'DEMO_ORIGIN',
        'REFGATE_GRPC_LISTEN',
        'REFGATE_HTTP_LISTEN',
        'REFGATE_ADMIN_LISTEN',
      ];
      for (const name of listeners) env[name] = await freeAddress();
    });

    after(() => {
      rmSync(temporary, { recursive: true });
    });

    const startDemo = (): StartedProcess =>
      new StartedProcess(process.execPath, [fromRoot(`.build/test/demo/${script}.js`)], { env });

    it('answers each curl line that it prints as it says, and leaves nothing behind', async () => {
      const demo = startDemo();
      await demo.waitFor((line) => (line === 'Ctrl-C ends it.' ? true : undefined));
      const lines = demo.lines.filter((line) => line.startsWith('  curl '));
      expect(lines.length).to.equal(3);
      for (const line of lines) {
        const said = demo.lines[demo.lines.indexOf(line) + 1] ?? '';
        expect(`    answers ${answerTo(line)}`, line).to.equal(said.replace(/:? [a-z.]* ?is .*$/, ''));
      }

      expect(await demo.stop('SIGINT')).to.equal(0);
      expect(readdirSync(temporary)).to.deep.equal([]);
      for (const name of Object.keys(env).filter((key) => key.endsWith('LISTEN'))) {
        expect(await listensAlready(env[name] ?? ''), name).to.equal(false);
      }
    });

    it('says which port is in use and how to choose another', async () => {
      const taken = await startOrigin(env['DEMO_ORIGIN']);
      const demo = startDemo();
      const code = await demo.exited;
      await taken.stop();
      const said = `${taken.address} is in use: end what listens there, or choose another address with DEMO_ORIGIN=127.0.0.1:PORT`;
      expect([code, demo.lines]).to.deep.equal([1, [said]]);
    });
  });
}

/** What a curl line gets: the status, and where it is sent. */
function answerTo(line: string): string {
  const { stdout } = spawnSync('sh', ['-c', line], { encoding: 'utf8' });
  const location = /^location: (\S+)/im.exec(stdout)?.[1];
  return `${stdout.split(' ')[1]}${location === undefined ? '' : ` to ${location}`}`;
}
