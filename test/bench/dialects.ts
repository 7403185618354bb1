import { decide } from '#refgate/decide/decide.js';
import { compileRegex } from '#refgate/match/regex.js';
import { request, snapshotOf } from '../support/policy-builder.js';
import { hosts, type ListOf, regexes, texts } from './support/lists.js';
import { machine } from './support/machine.js';
import { markdownTable } from './support/markdown.js';
import { type Candidate, measure } from './support/rounds.js';

const rounds = 5;
const longest = 16_384;

/** A kind of list: the entry of each number, the sizes that make sense, and the Referer that costs it most. */
interface Kind {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly list: ListOf;
  readonly worst: string;
}

const many = [10, 1_000, 100_000];
const filled = (start: string, part: string): string => start + part.repeat(longest).slice(0, longest - start.length);

const kinds: readonly Kind[] = [
  { name: 'host names', sizes: many, list: hosts((n) => `site${n}.example`), worst: filled('https://', 'a.') },
  { name: 'host wildcards', sizes: many, list: hosts((n) => `a*${n}.example`), worst: filled('https://', 'a.') },
  { name: 'regexes', sizes: [1, 10, 100, 1_000], list: regexes, worst: filled('https://', 'site1.') },
  {
    name: 'oss prefixes',
    sizes: many,
    list: texts((n) => `https://site${n}.example/`),
    worst: filled('https://', 'a.'),
  },
  {
    name: 'oss globs',
    sizes: many,
    list: texts((n) => `*.site${n}.example/`),
    worst: filled('https://', '.site1.exampl'),
  },
];

function candidate(name: string, operations: number, run: () => boolean): Candidate {
  const repeat = (): number => {
    let sum = 0;
    for (let i = 0; i < operations; i++) if (run()) sum++;
    return sum;
  };
  return { name, operations, run: repeat };
}

function decisions({ name, sizes, list, worst }: Kind): Candidate[] {
  return sizes.flatMap((size) => {
    const snapshot = snapshotOf([{ referer: list(size) }]);
    const average = request({ referer: 'https://www.unlisted.example/page/1.html' });
    const hostile = request({ referer: worst });
    return [
      candidate(`${name} ${size} average`, 20_000, () => decide(snapshot, average).passes),
      candidate(`${name} ${size} worst`, 5, () => decide(snapshot, hostile).passes),
    ];
  });
}

/** The classic bad pattern beside a plain one, and beside JavaScript's engine on a text that it can still bear. */
function engines(): Candidate[] {
  const long = `${'a'.repeat(65_535)}!`;
  const short = `${'a'.repeat(22)}!`;
  const by = (pattern: string, text: string) => {
    const regex = compileRegex(pattern, { ignoreCase: true });
    if ('problem' in regex) throw new Error(regex.problem);
    return () => regex.matches(text);
  };
  // Made from a text, since the linter knows the pattern for what it is.
  const script = /(a+)+$/;
  return [
    candidate('a+$, 64 KB', 5, by('a+$', long)),
    candidate('(a+)+$, 64 KB', 5, by('(a+)+$', long)),
    candidate('(a+)+$, 23 characters', 1_000, by('(a+)+$', short)),
    candidate('(a+)+$, 23 characters, JavaScript', 1, () => script.test(short)),
  ];
}

function time(nanoseconds: number): string {
  return nanoseconds < 10_000 ? `${nanoseconds.toFixed(0)} ns` : `${(nanoseconds / 1_000).toFixed(0)} µs`;
}

function report(): string {
  const measured = measure([...kinds.flatMap(decisions), ...engines()], rounds);
  const median = (name: string): number => measured.find((one) => one.name === name)?.median ?? Number.NaN;
  const cell = (name: string, base: string): string =>
    `${time(median(name))} (× ${(median(name) / median(base)).toFixed(2)})`;
  const rows = kinds.flatMap(({ name, sizes }) =>
    sizes.map((size) => [
      name,
      size.toLocaleString('en'),
      cell(`${name} ${size} average`, `${name} ${sizes[0]} average`),
      cell(`${name} ${size} worst`, `${name} ${sizes[0]} worst`),
    ]),
  );
  const plain = 'a+$, 64 KB';
  return [
    '## A decision, by dialect',
    '',
    machine(),
    '',
    `Median of ${rounds} interleaved rounds, without a cache, for a Referer that is not listed: one of 40 characters, and ` +
      'one of 16 KB made to cost its list most. In brackets against the shortest list of the kind.',
    '',
    markdownTable(['list', 'entries', 'average', 'worst'], rows),
    '',
    `One regular expression, case ignored, on a text that it does not match; in brackets against ${plain}.`,
    '',
    markdownTable(
      ['expression and text', 'time'],
      engines().map(({ name }) => [name, cell(name, plain)]),
    ),
    '',
  ].join('\n');
}

process.stdout.write(report());
