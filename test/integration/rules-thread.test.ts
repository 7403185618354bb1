import { rmSync } from 'node:fs';
import { expect } from 'chai';
import { exchange } from '../support/http-exchange.js';
import { type LogLine, logged } from '../support/logged.js';
import { fromRoot } from '../support/paths.js';
import { startRefgate } from '../support/refgate-process.js';
import { RulesDir } from '../support/rules-dir.js';
import { StartedProcess, stopLeftovers } from '../support/started-process.js';

const policy = (name: string) => `policies: [{ name: ${name}, referer: { allow: [${name}.example] } }]\n`;

/** Takes seconds to load. */
const MANY_NAMES = Array.from({ length: 400_000 }, (_, i) => `name-${i}.example\n`).join('');

describe('the thread that loads rules', () => {
  let dir: RulesDir;

  beforeEach(() => {
    dir = new RulesDir({ 'a.yaml': policy('a') });
  });

  afterEach(async () => {
    await stopLeftovers();
    dir.dispose();
  });

  const useNames = () => {
    dir.write('names.txt', MANY_NAMES);
    dir.write('b.yaml', 'policies: [{ name: b, referer: { allow: [{ file: names.txt }] } }]\n');
  };

  it('takes nothing with it when rules take more memory than there is, and is started again', async () => {
    const refgate = await startRefgate({ rules: dir.path, env: { NODE_OPTIONS: '--max-old-space-size=96' } });
    // What a mapping costs is some hundred times its length.
    dir.write('b.yaml', `policies: [${'{ a: b }, '.repeat(200_000)}]\n`);
    const { errors } = await logged(refgate.process, 'rules_rejected');
    expect(errors).to.have.length(1);
    expect(String(errors)).to.match(/^the rules could not be loaded: they take more memory than Node allows; .+/);
    const { status } = await exchange(refgate.http, { path: '/authz/envoy/a.jpg', headers: ['host', 'a.example'] });
    expect(status).to.be.oneOf([200, 403]);
    rmSync(dir.at('b.yaml'));
    dir.write('a.yaml', policy('c'));
    expect(await publication(refgate.process, 2)).to.include({ files: 1, files_compiled: 1 });
    expect(await refgate.process.stop()).to.equal(0);
  });

  it('is ended by SIGTERM in the middle of a load', async () => {
    const refgate = await startRefgate({ rules: dir.path });
    useNames();
    process.kill(refgate.process.pid, 'SIGHUP');
    expect(await refgate.process.stop()).to.equal(0);
    expect(refgate.process.lines.filter((line) => line.includes('rules_'))).to.have.length(1);
  });

  it('is ended by SIGTERM in the middle of the first load', async () => {
    useNames();
    const args = ['serve', '--rules', dir.path, '--grpc-listen', '127.0.0.1:0', '--http-listen', 'off'];
    const serving = new StartedProcess(process.execPath, [fromRoot('dist/main.js'), ...args, '--admin-listen', 'off']);
    await logged(serving, 'loading');
    expect(await serving.stop()).to.equal(0);
    expect(serving.lines.join('\n')).not.to.match(/rules_rejected|rules_published/);
  });

  it('tells how long a load took, and what of it was new', async () => {
    const refgate = await startRefgate({ rules: dir.path });
    dir.write('b.yaml', policy('b'));
    const published = await publication(refgate.process, 2);
    expect(published).to.include({ files: 2, files_compiled: 1 });
    expect(published['load_seconds']).to.be.a('number');
    const { body } = await exchange(refgate.admin, { path: '/metrics' });
    expect(body).to.match(/^refgate_rule_load_seconds \d/m);
  });
});

function publication(started: StartedProcess, generation: number): Promise<LogLine> {
  return started.waitFor((line) => {
    const logLine = JSON.parse(line) as LogLine;
    return logLine.event === 'rules_published' && logLine['generation'] === generation ? logLine : undefined;
  });
}
