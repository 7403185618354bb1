import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ask } from '../support/ask.js';
import { nginx, nginxFailOpen } from '../support/fronts.js';
import { listenOn } from '../support/listen-on.js';
import { startOrigin } from '../support/origin.js';
import { fromRoot } from '../support/paths.js';
import { requireTool } from '../support/require-tool.js';

describe('the two nginx files', () => {
  it('differ in nothing but what their heads say', () => {
    const closed = configurationOf('refgate.conf');
    const open = configurationOf('refgate-fail-open.conf');
    const added = open.filter((line) => !closed.includes(line));
    expect(added).to.deep.equal(['error_page 502 504 = @refgate_open;', 'location @refgate_open {', 'return 204;']);
    expect(closed.filter((line) => !open.includes(line))).to.deep.equal([]);
  });

  for (const front of [nginx, nginxFailOpen]) {
    // Each of these would be an allow under `error_page 500 = @open`, the fail-open that is often shown.
    for (const status of [204, 302, 400, 404, 429, 500, 503]) {
      const passes = status === 204;
      it(`${front.name}: ${passes ? 'takes' : 'does not take'} an answer of ${status} for an allow`, async function () {
        this.timeout(60_000);
        const served = await askThrough(front, requireTool(this, front.find()), status);
        expect(served === 200).to.equal(passes);
      });
    }
  }
});

/** The directives of a file, white space and comments apart. */
function configurationOf(file: string): string[] {
  const lines = readFileSync(fromRoot(`deploy/nginx/${file}`), 'utf8').split('\n');
  return lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
}

/** The client's status when what is asked instead of refgate answers everything with `status`. */
async function askThrough(front: typeof nginx, binary: string, status: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'refgate-e2e-'));
  const stub = createServer((_request, response) => {
    response.writeHead(status, { location: 'https://elsewhere.example/' }).end();
  });
  const address = await listenOn(stub, '127.0.0.1:0');
  const origin = await startOrigin();
  const refgate = { grpc: address, http: address, admin: address };
  const started = await front.start(binary, { refgate, origin: origin.address, folder, substitutions: front.patience });
  const answer = await ask(started.address, { target: '/images/logo.png' });
  await Promise.all([started.process.stop(), origin.stop()]);
  stub.close();
  stub.closeAllConnections();
  rmSync(folder, { recursive: true });
  return answer.status;
}
