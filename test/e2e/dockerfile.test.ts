import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ask } from '../support/ask.js';
import { documentedRefgate } from '../support/fronts.js';
import { fromRoot } from '../support/paths.js';
import { type RefgateProcess, whenReady } from '../support/refgate-process.js';
import { requireTool } from '../support/require-tool.js';
import { StartedProcess } from '../support/started-process.js';
import { buildImage, type Image } from './image.js';

/** No root, no capability, no way back to one: as `docker run --cap-drop ALL --security-opt no-new-privileges`. */
const unprivileged = [
  '--reuid',
  '65532',
  '--regid',
  '65532',
  '--clear-groups',
  '--no-new-privs',
  '--bounding-set',
  '-all',
];

describe('the Dockerfile, its steps carried out without a container engine', function () {
  this.timeout(180_000);
  let folder: string;
  let image: Image;

  before(function () {
    folder = mkdtempSync(join(tmpdir(), 'refgate-image-'));
    if (process.getuid?.() !== 0)
      requireTool(this, { missing: 'the right to become uid 65532: run this suite as root' });
    chmodSync(folder, 0o755);
    image = buildImage('deploy/docker/Dockerfile', folder);
    cpSync(fromRoot('deploy/rules'), join(folder, 'rules'), { recursive: true });
    spawnSync('chmod', ['-R', 'a-w', folder]);
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** As `docker run`, with the ports and the rules' folder given by environment. */
  function runImage(): Promise<RefgateProcess> {
    const [command = '', ...args] = [...image.entrypoint, ...image.cmd];
    const started = new StartedProcess('setpriv', [...unprivileged, command, ...args], {
      cwd: join(image.root, image.workdir),
      env: {
        ...image.env,
        REFGATE_RULES: join(folder, 'rules'),
        REFGATE_GRPC_LISTEN: '127.0.0.1:0',
        REFGATE_HTTP_LISTEN: '127.0.0.1:0',
        REFGATE_ADMIN_LISTEN: '127.0.0.1:0',
      },
    });
    return whenReady(started);
  }

  /** Exit code of the health check, asked of `admin` in the place of the documented address. */
  function healthcheck(admin: string): number | null {
    const [command = '', ...args] = image.healthcheck.map((word) => word.replace(documentedRefgate.admin, admin));
    return spawnSync(command, args, { cwd: join(image.root, image.workdir) }).status;
  }

  it('sets what the container needs: where to listen, where the rules are, and no root', () => {
    expect(image.env).to.deep.equal({
      NODE_ENV: 'production',
      REFGATE_GRPC_LISTEN: '0.0.0.0:9191',
      REFGATE_HTTP_LISTEN: '0.0.0.0:9192',
      REFGATE_ADMIN_LISTEN: '0.0.0.0:9193',
      REFGATE_RULES: '/etc/refgate/rules',
    });
    expect(image.user).to.equal('65532:65532');
  });

  it('carries nothing that only building needs', () => {
    const modules = readdirSync(join(image.root, image.workdir, 'node_modules'));
    expect(modules).to.include('chokidar').and.not.include.members(['mocha', 'typescript', '@biomejs']);
    expect(readdirSync(join(image.root, image.workdir))).to.not.include.members(['src', 'test']);
  });

  it('carries the data that lie beside the code', () => {
    const [command = '', ...args] = image.entrypoint;
    const { stdout } = spawnSync(command, [...args, 'presets', 'social'], {
      cwd: join(image.root, image.workdir),
      encoding: 'utf8',
    });
    expect(stdout).to.contain('www.facebook.com');
  });

  it('answers as uid 65532 from a tree that it cannot write, says that it is healthy, and ends with 0', async () => {
    const before = treeOf(folder);
    const refgate = await runImage();
    expect(statSync(`/proc/${refgate.process.pid}`).uid).to.equal(65532);

    const question = { target: '/authz/envoy/images/logo.png', referers: ['https://thief.example/'] };
    expect((await ask(refgate.http, question)).status).to.equal(403);
    expect((await ask(refgate.http, { ...question, referers: ['https://shop.example/'] })).status).to.equal(200);

    expect(healthcheck(refgate.admin)).to.equal(0);
    expect(await refgate.process.stop()).to.equal(0);
    expect(healthcheck(refgate.admin)).to.equal(1);
    expect(treeOf(folder)).to.deep.equal(before);
  });
});

/** Every path below a folder with the time it was last written. */
function treeOf(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.map((name) => `${name} ${statSync(join(folder, name)).mtimeMs}`).sort();
}
