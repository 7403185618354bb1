import { expect } from 'chai';
import { createLogger } from '#refgate/observe/logger.js';
import { ManageReporter } from '#refgate/observe/manage-reporter.js';
import { Metrics } from '#refgate/observe/metrics.js';

describe('ManageReporter', () => {
  describe('tells of failed authentications', () => {
    const lines: string[] = [];
    const log = createLogger('info', { write: (line) => void lines.push(line) });
    let reporter: ManageReporter;
    beforeEach(() => {
      lines.length = 0;
      reporter = new ManageReporter(log, new Metrics('0'));
    });

    const failure = { api: 'oss', client: '192.0.2.1', code: 'SignatureDoesNotMatch' };

    function causes(): unknown[] {
      return lines.map((line) => JSON.parse(line).cause);
    }

    it('one line for the same cause', () => {
      for (let call = 0; call < 50; call += 1) reporter.authenticationFailed({ ...failure, cause: 'white space' });
      expect(causes()).to.deep.equal(['white space']);
    });

    it('the next cause at once, for whoever corrects one mistake after the other', () => {
      for (const cause of ['endpoint style', 'white space', 'endpoint style']) {
        reporter.authenticationFailed({ ...failure, cause });
      }
      reporter.authenticationFailed(failure);
      expect(causes()).to.deep.equal(['endpoint style', 'white space', undefined]);
    });

    it('one line for a clock that is off by another number each time', () => {
      for (const seconds of [1000, 1001, 1002]) {
        reporter.authenticationFailed({ ...failure, cause: `its clock is ${seconds} s behind` });
      }
      expect(causes()).to.deep.equal(['its clock is 1000 s behind']);
    });

    it('a bounded number of lines, whatever a client makes up', () => {
      const letters = [...'abcdefghijklmnopqrstuvwxyz'];
      for (const one of letters) {
        for (const other of letters) reporter.authenticationFailed({ ...failure, cause: one + other });
      }
      expect(lines.length).to.be.within(90, 110);
    });
  });
});
