import { expect } from 'chai';
import type { Snapshot } from '#refgate/model/snapshot.js';
import { chooseFormat } from '#refgate/replay/format/choose-format.js';
import { notesOn } from '#refgate/replay/notes.js';
import { Replay } from '#refgate/replay/replay.js';
import { makeReport, type ReplayReport } from '#refgate/replay/report.js';
import { hostList, type PolicyParts, snapshotOf } from '../../support/policy-builder.js';

const format =
  '$host "$request" $status $bytes_sent "$http_referer" $remote_addr "$http_sec_fetch_site" [$time_iso8601]';

interface Line {
  readonly host?: string;
  readonly path?: string;
  readonly referer?: string;
  readonly status?: number;
  readonly bytes?: number;
  readonly site?: string;
  readonly time?: string;
}

function line(given: Line): string {
  const { host = 'cdn.example', path = '/a.jpg', referer = '-', status = 200, bytes = 10 } = given;
  const { site = '-', time = '2026-11-22T08:00:00Z' } = given;
  return `${host} "GET ${path} HTTP/1.1" ${status} ${bytes} "${referer}" 192.0.2.1 "${site}" [${time}]`;
}

interface Asked {
  readonly rules: Snapshot;
  readonly old?: Snapshot;
  readonly logFormat?: string;
  readonly policy?: string;
}

function report({ rules, old, logFormat = format, policy }: Asked, lines: readonly string[]): ReplayReport {
  const chosen = chooseFormat(logFormat, lines);
  if ('problem' in chosen) throw new Error(chosen.problem);
  const supplied = { host: undefined, policy, scheme: 'https' };
  const replay = new Replay({ rules, old, format: chosen.format, supplied });
  for (const [index, text] of lines.entries()) replay.line(text, { log: 'access.log', line: index + 1 });
  return makeReport(replay, notesOn(replay));
}

const shop: PolicyParts = { name: 'shop', referer: { allow: hostList('shop.example'), absent: 'allow' } };
const fromShop = line({ referer: 'https://shop.example/' });
const fromLeech = line({ referer: 'https://leech.example/' });

describe('a replay', () => {
  it('counts every line once: by outcome, reason and policy', () => {
    const made = report({ rules: snapshotOf([shop]) }, [fromShop, fromLeech, fromLeech, line({}), 'garbage', '']);
    expect(made).to.deep.include({
      lines: 6,
      unreadable: 2,
      allowed: 2,
      denied: 2,
      shadowDenied: 0,
      undecidable: 0,
      reasons: { not_in_allow_list: 2, allow_list: 1, empty_allowed: 1 },
      policies: { shop: { allowed: 2, denied: 2 } },
      topReferers: [{ host: 'leech.example', denied: 2 }],
      topPaths: [{ path: '/a.jpg', denied: 2 }],
      topListError: { referers: 0, paths: 0 },
    });
  });

  it('counts what shadow mode lets pass apart, and lists it with the rest', () => {
    const made = report({ rules: snapshotOf([{ ...shop, mode: 'shadow' }]) }, [fromShop, fromLeech]);
    expect(made).to.deep.include({
      allowed: 1,
      denied: 0,
      shadowDenied: 1,
      bytesSaved: 0,
      shadowBytes: 10,
      policies: { shop: { allowed: 1, denied: 0, shadowDenied: 1 } },
      topReferers: [{ host: 'leech.example', denied: 1 }],
    });
  });

  it('adds up the bytes of denied answers, and tells which of them had been served', () => {
    const referer = 'https://leech.example/';
    const lines = [line({ referer, bytes: 7 }), line({ referer, bytes: 5, status: 404 }), fromShop];
    expect(report({ rules: snapshotOf([shop]) }, lines)).to.include({ denied: 2, bytesSaved: 12, deniedServed: 1 });
  });

  it('lists paths without their query, also of absolute-form targets, and no host where there was none', () => {
    const denyAll = snapshotOf([{ name: 'shop', referer: {} }]);
    const paths = ['/a.jpg?x=1', '/a.jpg?x=2', 'http://cdn.example/a.jpg', 'http://cdn.example'];
    const made = report(
      { rules: denyAll },
      paths.map((path) => line({ path })),
    );
    expect(made.topPaths).to.deep.equal([
      { path: '/a.jpg', denied: 3 },
      { path: '/', denied: 1 },
    ]);
    expect(made.topReferers).to.deep.equal([]);
  });

  it('shows unreadable lines by kind: the first five, with their place', () => {
    const lines = [
      ...Array.from({ length: 7 }, (_, number) => `bad ${number}`),
      line({ path: 'x' }),
      line({ host: '-' }),
    ];
    const { unreadable, unreadableLines } = report({ rules: snapshotOf([shop]) }, lines);
    expect(unreadable).to.equal(9);
    expect(unreadableLines.kinds).to.deep.equal({ format: 7, request: 1, host: 1 });
    expect(unreadableLines.samples.map(({ line: number }) => number)).to.deep.equal([1, 2, 3, 4, 5, 8, 9]);
    expect(unreadableLines.samples[0]).to.deep.equal({ log: 'access.log', line: 1, kind: 'format', text: 'bad 0' });
  });

  it('counts denied lines over time', () => {
    const { overTime } = report({ rules: snapshotOf([shop]) }, [fromLeech, fromShop, fromLeech]);
    expect(overTime).to.deep.equal({
      bucketSeconds: 60,
      buckets: [{ from: '2026-11-22T08:00:00.000Z', lines: 3, denied: 2 }],
    });
  });

  it('decides by one policy where it is told to, with no host for a Referer to be the same as', () => {
    const withoutHost = '"$request" "$http_referer"';
    const rules = snapshotOf([{ name: 'none' }, { name: 'shop', referer: { ...shop.referer, allowSelf: true } }]);
    const lines = ['"GET / HTTP/1.1" "https://shop.example/"', '"GET / HTTP/1.1" "https://cdn.example/"'];
    const made = report({ rules, policy: 'shop', logFormat: withoutHost }, lines);
    expect(made.policies).to.deep.equal({ none: { allowed: 0, denied: 0 }, shop: { allowed: 1, denied: 1 } });
    expect(made.notes.join()).to.include('allowSelf').and.include('no sizes');
  });

  describe('of rules on verify', () => {
    const verifying: PolicyParts = {
      name: 'shop',
      referer: { ...shop.referer, absent: 'verify', blank: 'deny' },
      headersRead: ['referer', 'origin'],
    };
    const evidence = `${format} "$http_sec_fetch_mode" "$http_sec_fetch_dest" "$http_origin"`;

    it('does not decide empty Referers from a log without Fetch Metadata, and says so', () => {
      const made = report({ rules: snapshotOf([verifying]) }, [line({}), fromShop, fromLeech, line({ referer: '' })]);
      expect(made).to.include({ lines: 4, allowed: 1, denied: 2, undecidable: 1 });
      expect(made.policies).to.deep.equal({ shop: { allowed: 1, denied: 2, undecidable: 1 } });
      expect(made.reasons).to.deep.equal({ allow_list: 1, empty_denied: 1, not_in_allow_list: 1 });
      expect(made.notes).to.have.length(1);
      expect(made.notes[0]).to.include('shop is on "empty: verify"').and.include(' 1 cannot be decided');
    });

    it('decides them from a log that has it all', () => {
      const lines = [`${line({})} "-" "-" "-"`];
      expect(report({ rules: snapshotOf([verifying]), logFormat: evidence }, lines)).to.include({ undecidable: 0 });
    });

    it('decides those that are allowed by what the log has of it, and no others', () => {
      const lines = ['same-origin', 'none', 'cross-site', '-'].map((site) => line({ site }));
      const made = report({ rules: snapshotOf([verifying]) }, lines);
      expect(made).to.deep.include({ allowed: 2, undecidable: 2, reasons: { empty_verified: 2 } });
    });

    it('decides requests that are exempt, whatever it has', () => {
      const exempt = { ...verifying, exempt: { methods: new Set(['GET']) } };
      expect(report({ rules: snapshotOf([exempt]) }, [line({})])).to.include({ undecidable: 0, allowed: 1 });
    });
  });

  describe('of two rule sets', () => {
    const open = snapshotOf([{ ...shop, name: 'open', referer: { deny: hostList('spam.example'), absent: 'allow' } }]);
    const closed = snapshotOf([shop]);
    const lines = [fromShop, fromLeech, fromLeech, line({ referer: 'https://spam.example/', path: '/b.jpg' })];

    it('tells what would be denied that passes today', () => {
      const { changed, changes } = report({ rules: closed, old: open }, lines);
      expect(changed).to.deep.equal({ allowToDeny: 2, denyToAllow: 0 });
      expect(changes?.allowToDeny).to.deep.include({
        lines: 2,
        reasons: { not_in_allow_list: 2 },
        policies: { shop: 2 },
        topReferers: [{ host: 'leech.example', denied: 2 }],
        topPaths: [{ path: '/a.jpg', denied: 2 }],
      });
    });

    it('and the other way round, by the old policy', () => {
      const { changed, changes } = report({ rules: open, old: closed }, lines);
      expect(changed).to.deep.equal({ allowToDeny: 0, denyToAllow: 2 });
      expect(changes?.denyToAllow).to.deep.include({ lines: 2, policies: { shop: 2 } });
    });

    it('takes the end of shadow mode for a change, since clients notice it', () => {
      const shadow = snapshotOf([{ ...shop, mode: 'shadow' }]);
      expect(report({ rules: closed, old: shadow }, lines).changed).to.deep.equal({ allowToDeny: 3, denyToAllow: 0 });
      expect(report({ rules: shadow, old: closed }, lines).changed).to.deep.equal({ allowToDeny: 0, denyToAllow: 3 });
    });

    it('finds none between equal ones, and compares nothing with nothing', () => {
      expect(report({ rules: closed, old: closed }, lines).changed).to.deep.equal({ allowToDeny: 0, denyToAllow: 0 });
      expect(report({ rules: closed }, lines)).to.not.have.any.keys('changed', 'changes');
    });
  });

  describe('notes', () => {
    it('tell which headers the policies read that the log does not have', () => {
      const rules = snapshotOf([{ ...shop, headersRead: ['referer', 'x-tenant'] }]);
      const { notes } = report({ rules }, [fromShop]);
      expect(notes).to.have.length(1);
      expect(notes[0]).to.include('no x-tenant header').and.include('shop reads');
    });

    it('tell of the one policy alone that decides', () => {
      const rules = snapshotOf([
        { ...shop, headersRead: ['referer', 'x-tenant'] },
        { name: 'films', headersRead: ['referer', 'cookie'] },
      ]);
      const { notes } = report({ rules, policy: 'shop' }, [fromShop]);
      expect(notes).to.have.length(1);
      expect(notes[0]).to.include('no x-tenant header, which shop reads');
    });

    it('tell of client addresses and schemes that the log does not have', () => {
      const rules = snapshotOf([
        { ...shop, match: { schemes: new Set(['http']), clientIps: { has: () => false } } },
        ...Array.from({ length: 6 }, () => ({ exempt: { clientIps: { has: () => false } } })),
      ]);
      const text = report({ rules, logFormat: '"$host" "$request" "$http_referer"' }, []).notes.join('\n');
      expect(text).to.include('no client address, which shop, policy-1, policy-2, policy-3, policy-4 and 2 more read');
      expect(text).to.include('no scheme, which shop reads: taken for https');
    });

    it('tell when most lines are in another format', () => {
      expect(report({ rules: snapshotOf([shop]) }, ['x', 'y', fromShop]).notes.join()).to.include('--log-format');
      expect(report({ rules: snapshotOf([shop]) }, ['x', fromShop, fromShop]).notes).to.deep.equal([]);
    });
  });
});
