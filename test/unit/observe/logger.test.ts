import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { createLogger } from '#refgate/observe/logger.js';
import { fromRoot } from '../../support/paths.js';

describe('createLogger', () => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  beforeEach(() => {
    lines.length = 0;
  });

  it('writes one JSON object a line, with level, ISO time, event and message', () => {
    createLogger('info', destination).warn('rules_rejected', 'bad\nrules', { errors: ['a.yaml:1:1: …'] });
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/^[^\n]+\n$/);
    const { time, ...line } = JSON.parse(lines[0] as string);
    expect(line).to.deep.equal({
      level: 'warn',
      event: 'rules_rejected',
      errors: ['a.yaml:1:1: …'],
      msg: 'bad\nrules',
    });
    expect(new Date(time).toISOString()).to.equal(time);
  });

  it('leaves out what is less severe than its level', () => {
    const log = createLogger('error', destination);
    for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const) log[level](level, 'a line');
    expect(lines.map((line) => JSON.parse(line).event)).to.deep.equal(['error', 'fatal']);
  });

  it('writes an announcement at every level', () => {
    createLogger('fatal', destination).announce('ready', 'answering', { pid: 1 });
    expect(JSON.parse(lines[0] as string)).to.include({ level: 'info', event: 'ready', pid: 1 });
  });

  it('writes an error with its message and stack', () => {
    createLogger('info', destination).error('internal_error', 'a fault', { err: new TypeError('no') });
    expect(JSON.parse(lines[0] as string).err)
      .to.include({ type: 'TypeError', message: 'no' })
      .and.to.have.property('stack');
  });

  it('loses no line when the process ends at once, and writes to stdout', () => {
    const url = JSON.stringify(`file://${fromRoot('dist/observe/logger.js')}`);
    const script = `import { createLogger } from ${url};
      const log = createLogger('info');
      for (let n = 0; n < 500; n++) log.info('line', 'a line', { n });
      process.exit(0);`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
    });
    expect(stderr).to.equal('');
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).n),
    ).to.deep.equal([...Array(500).keys()]);
  });
});
