import { execFile, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { fromRoot } from '../support/paths.js';
import { requireTool } from '../support/require-tool.js';
import { RulesDir } from '../support/rules-dir.js';

const block =
  /^```sh\n(#!\/bin\/sh\n[\s\S]*?)^```/m.exec(readFileSync(fromRoot('docs/operations.md'), 'utf8'))?.[1] ?? '';

describe('the documented script that fetches bot ranges', () => {
  let dir: RulesDir;
  let server: Server;
  let answer: (response: ServerResponse) => void;

  before(function () {
    if (spawnSync('curl', ['--version']).status !== 0) requireTool(this, { missing: 'curl: apt-get install curl' });
  });

  beforeEach(async () => {
    dir = new RulesDir({ 'googlebot.json': 'old', 'bingbot.json': 'old' });
    server = createServer((_request, response) => answer(response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => {
    server.close();
    dir.dispose();
  });

  /** Runs it for a folder of the test's own, and a server that answers for all publishers. */
  async function run(): Promise<{ googlebot: string; bingbot: string }> {
    const { port } = server.address() as AddressInfo;
    const script = block
      .replace('/etc/refgate/bots', dir.path)
      .replaceAll(/https:\/\/[^/]+/g, `http://127.0.0.1:${port}`);
    await once(execFile('sh', ['-c', script]), 'close');
    const read = (name: string) => readFileSync(dir.at(name), 'utf8');
    return { googlebot: read('googlebot.json'), bingbot: read('bingbot.json') };
  }

  it('puts what is published in the place of each file, and leaves nothing beside', async () => {
    answer = (response) => response.end('new');
    expect(await run()).to.deep.equal({ googlebot: 'new', bingbot: 'new' });
    expect(readdirSync(dir.path)).to.have.members(['googlebot.json', 'bingbot.json']);
  });

  it('leaves the old files where the publisher answers with an error, or breaks off', async () => {
    answer = (response) => response.writeHead(503).end('busy');
    expect(await run()).to.deep.equal({ googlebot: 'old', bingbot: 'old' });
    answer = (response) => {
      response.writeHead(200, { 'content-length': 100 }).write('half');
      response.destroy();
    };
    expect(await run()).to.deep.equal({ googlebot: 'old', bingbot: 'old' });
  });
});
