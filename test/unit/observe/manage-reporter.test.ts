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

    function fail(more: { readonly accessKeyId?: string; readonly cause?: string }, isKnownKey = false): void {
      reporter.authenticationFailed({ ...failure, ...more }, isKnownKey);
    }

    function causes(): unknown[] {
      return lines.map((line) => JSON.parse(line).cause);
    }

    it('one line for the same cause', () => {
      for (let call = 0; call < 50; call += 1) fail({ cause: 'white space' });
      expect(causes()).to.deep.equal(['white space']);
    });

    it('the next cause at once, for whoever corrects one mistake after the other', () => {
      for (const cause of ['endpoint style', 'white space', 'endpoint style']) {
        fail({ cause });
      }
      fail({});
      expect(causes()).to.deep.equal(['endpoint style', 'white space', undefined]);
    });

    it('one line for a clock that is off by another number each time', () => {
      for (const seconds of [1000, 1001, 1002]) {
        fail({ cause: `its clock is ${seconds} s behind` });
      }
      expect(causes()).to.deep.equal(['its clock is 1000 s behind']);
    });

    it('a line of its own for each known access key, and none for ids that are made up', () => {
      const keys = (): unknown[] => lines.splice(0).map((line) => JSON.parse(line).accessKeyId);
      for (const accessKeyId of ['AKSHOP', 'AKDOCS', 'AKSHOP']) fail({ accessKeyId, cause: 'another secret' }, true);
      expect(keys()).to.deep.equal(['AKSHOP', 'AKDOCS']);
      for (const accessKeyId of ['a', 'b', 'c']) fail({ accessKeyId, cause: 'no key of this id' });
      expect(keys()).to.deep.equal(['a']);
    });

    it('a bounded number of lines, whatever a client makes up', () => {
      const letters = [...'abcdefghijklmnopqrstuvwxyz'];
      for (const one of letters) {
        for (const other of letters) fail({ cause: one + other });
      }
      expect(lines.length).to.be.within(90, 110);
    });
  });
});
