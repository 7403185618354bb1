import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { reportHtml } from '#refgate/replay/html/report-html.js';
import type { ReplayReport } from '#refgate/replay/report.js';
import { reportJson } from '#refgate/replay/report-json.js';
import { reportText } from '#refgate/replay/report-text.js';
import { bytes } from '#refgate/replay/report-words.js';

const hostile = '<script>alert("x")</script>\x1b[2J\x9b\u202e&\'';

const lists = {
  topReferers: [
    { host: 'leech.example', denied: 1200 },
    { host: hostile, denied: 3 },
  ],
  topPaths: [{ path: `/${hostile}`, denied: 1203 }],
  topListError: { referers: 0, paths: 17 },
};

const report: ReplayReport = {
  logFormat: 'combined',
  lines: 2000,
  unreadable: 2,
  allowed: 700,
  denied: 1203,
  shadowDenied: 90,
  undecidable: 5,
  reasons: { not_in_allow_list: 1293, allow_list: 700 },
  policies: {
    shop: { allowed: 700, denied: 1203, undecidable: 5 },
    trial: { allowed: 0, denied: 0, shadowDenied: 90 },
    unused: { allowed: 0, denied: 0 },
  },
  ...lists,
  bytesSaved: 12_345_678,
  shadowBytes: 900,
  deniedServed: 1100,
  overTime: {
    bucketSeconds: 3600,
    buckets: [
      { from: '2026-11-22T08:00:00.000Z', lines: 900, denied: 203 },
      { from: '2026-11-22T10:00:00.000Z', lines: 1100, denied: 1000 },
    ],
  },
  unreadableLines: { kinds: { format: 2 }, samples: [{ log: 'access.log', line: 7, kind: 'format', text: hostile }] },
  notes: ['the log has no cookie header'],
  changed: { allowToDeny: 4, denyToAllow: 0 },
  changes: {
    allowToDeny: { lines: 4, reasons: { deny_list: 4 }, policies: { shop: 3, '': 1 }, ...lists },
    denyToAllow: {
      lines: 0,
      reasons: {},
      policies: {},
      topReferers: [],
      topPaths: [],
      topListError: { referers: 0, paths: 0 },
    },
    undecidable: 5,
  },
};

const empty: ReplayReport = {
  logFormat: 'combined',
  lines: 0,
  unreadable: 0,
  allowed: 0,
  denied: 0,
  shadowDenied: 0,
  undecidable: 0,
  reasons: {},
  policies: {},
  topReferers: [],
  topPaths: [],
  topListError: { referers: 0, paths: 0 },
  bytesSaved: 0,
  shadowBytes: 0,
  deniedServed: 0,
  overTime: { bucketSeconds: 60, buckets: [] },
  unreadableLines: { kinds: {}, samples: [] },
  notes: [],
};

const control = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

describe('the report as text', () => {
  const text = reportText(report);

  it('has what was counted', () => {
    expect(text)
      .to.match(/^ +lines +2,000 +read as combined$/m)
      .and.match(/^ +unreadable +2 +2 not in the format$/m)
      .and.match(/^ +denied +1,203 +1,100 of them/m)
      .and.match(/^ +bytes saved +12,345,678 +12\.3 MB/m)
      .and.match(/^ +not_in_allow_list +1,293$/m)
      .and.match(/^ +shop +1,203 +denied, 700 allowed, 5 undecidable$/m)
      .and.match(/^ +trial +0 +denied, 0 allowed, 90 denied in shadow mode$/m)
      .and.match(/^ +1 policy covered no line$/m)
      .and.match(/^ +leech\.example +1,200$/m)
      .and.match(/^ +allow to deny +4$/m)
      .and.match(/^ +\(no policy\) +1$/m)
      .and.match(/^note: the log has no cookie header$/m);
  });

  it('says how exact the lists are', () => {
    expect(text)
      .to.include('Referer hosts denied most (exact)')
      .and.include('paths denied most (each up to 17 too low)');
  });

  it('says so where no name is certain to be among the most frequent', () => {
    const scattered = { ...report, topReferers: [], topListError: { referers: 60, paths: 0 } };
    const said = 'none was denied more often than 60 times for certain';
    expect(reportText(scattered)).to.include(`Referer hosts denied most\n  ${said}`);
    expect(reportHtml(scattered)).to.include(said);
  });

  it('shows control characters and does not send them to the terminal', () => {
    expect(text.replaceAll('\n', '')).to.not.match(control);
    expect(text).to.include('access.log:7: not in the format: <script>alert("x")</script>\\x1b[2J\\x9b\\u202e');
  });

  it('of no line at all is short', () => {
    expect(reportText(empty).split('\n')).to.have.length.below(8);
  });
});

describe('the report as JSON', () => {
  it('is the object itself, without a control character', () => {
    const json = reportJson(report);
    expect(JSON.parse(json)).to.deep.equal(report);
    expect(json.replaceAll('\n', '')).to.not.match(control);
  });
});

describe('the report as a page', () => {
  const page = reportHtml(report);
  const policy =
    /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll('&#39;', "'") ?? '';
  const hashOf = (element: string): string => {
    const [, content = ''] = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(page) ?? [];
    return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
  };

  it('lets nothing be loaded or run but its own style and script', () => {
    expect(policy.split('; ')).to.have.members([
      "default-src 'none'",
      `style-src ${hashOf('style')}`,
      `script-src ${hashOf('script')}`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(page.match(/<script/g)).to.have.length(1);
    expect(page).to.not.match(/\s(?:style|on\w+|src|href)=/);
  });

  it('escapes what the log holds, everywhere', () => {
    expect(page)
      .to.not.include('<script>alert')
      .and.not.match(/alert\("x"\)/);
    expect(page.replaceAll('\n', '')).to.not.match(control);
    const shown = '&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;\\x1b[2J\\x9b\\u202e&amp;&#39;';
    // The lists of the report and of its change, and the unreadable line.
    expect(page.split(shown).length - 1).to.be.at.least(5);
  });

  it('has a plot of each: time, reasons, policies, Referer hosts', () => {
    const labels = [...page.matchAll(/<svg [^>]*aria-label="([^"]*)"/g)].map(([, label]) => label);
    expect(labels).to.include.members([
      'denied requests over time',
      'lines by reason',
      'denied lines by policy',
      'denied lines by Referer host',
    ]);
    expect(page).to.include('2026-11-22 08:00: 203 of 900 denied').and.include('in steps of 1 hour.');
  });

  it('says how exact the lists are', () => {
    expect(page).to.include('Exact counts').and.include('Each count is up to 17 too low');
  });

  it('of no line at all is a page too', () => {
    expect(reportHtml(empty)).to.include('<dt>lines</dt><dd>0</dd>').and.not.include('over time');
  });
});

describe('sizes in words', () => {
  for (const [count, words] of [
    [0, '0 bytes'],
    [999, '999 bytes'],
    [1000, '1.0 kB'],
    [12_345_678, '12.3 MB'],
    [5e15, '5000.0 TB'],
  ] as const) {
    it(`${count} is ${words}`, () => expect(bytes(count)).to.equal(words));
  }
});
