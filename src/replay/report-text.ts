import { printable, shortened } from '../printable.js';
import type { ChangeReport, PolicyCounts, ReplayReport } from './report.js';
import { bytes, kindWords, noneCertain, number } from './report-words.js';

const rowsShown = 20;
const widestName = 80;

/** The report for a terminal. What came from the log is shown with its control characters as `\x1b`. */
export function reportText(report: ReplayReport): string {
  const sections = [
    totals(report),
    counts('reason', report.reasons),
    policies(report.policies),
    ...topLists('denied most', report),
    ...(report.changes === undefined ? [] : changes(report.changes)),
    samples(report),
    report.notes.map((note) => `note: ${printable(note)}`),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function totals(report: ReplayReport): string[] {
  const rows: [string, number, string][] = [
    ['lines', report.lines, `read as ${report.logFormat}`],
    ['unreadable', report.unreadable, kinds(report)],
    ['allowed', report.allowed, ''],
    ['denied', report.denied, `${number(report.deniedServed)} of them had been answered with a status below 400`],
    ['shadow denied', report.shadowDenied, 'policies in shadow mode let them pass'],
    ['undecidable', report.undecidable, 'see the notes'],
    ['bytes saved', report.bytesSaved, `${bytes(report.bytesSaved)} of answers to denied requests`],
    ['shadow bytes', report.shadowBytes, `${bytes(report.shadowBytes)} more without shadow mode`],
  ];
  const optional = new Set(['shadow denied', 'undecidable', 'shadow bytes']);
  const shown = rows.filter(([name, count]) => count > 0 || !optional.has(name));
  return table(shown.map(([name, count, remark]) => [name, number(count), count > 0 ? remark : '']));
}

function kinds({ unreadableLines }: ReplayReport): string {
  return Object.entries(unreadableLines.kinds)
    .map(([kind, count]) => `${number(count)} ${kindWords[kind as keyof typeof kindWords]}`)
    .join(', ');
}

function counts(title: string, byName: Readonly<Record<string, number>>): string[] {
  const rows = Object.entries(byName).map(([name, count]) => [name, number(count), '']);
  return rows.length === 0 ? [] : [`by ${title}`, ...table(rows)];
}

function policies(byName: Readonly<Record<string, PolicyCounts>>): string[] {
  const used = Object.entries(byName).filter(([, each]) => Object.values(each).some((count) => count > 0));
  const rows = used.sort(([, a], [, b]) => b.denied - a.denied).slice(0, rowsShown);
  const unused = Object.keys(byName).length - used.length;
  const rest = [
    ...(used.length > rows.length ? [`  and ${number(used.length - rows.length)} more policies`] : []),
    ...(unused > 0 ? [`  ${number(unused)} ${unused === 1 ? 'policy' : 'policies'} covered no line`] : []),
  ];
  if (rows.length === 0) return rest.length === 0 ? [] : ['by policy', ...rest];
  return [
    'by policy',
    ...table(rows.map(([name, each]) => [name, number(each.denied), `denied, ${others(each)}`])),
    ...rest,
  ];
}

function others({ allowed, shadowDenied = 0, undecidable = 0 }: PolicyCounts): string {
  return [
    `${number(allowed)} allowed`,
    ...(shadowDenied > 0 ? [`${number(shadowDenied)} denied in shadow mode`] : []),
    ...(undecidable > 0 ? [`${number(undecidable)} undecidable`] : []),
  ].join(', ');
}

type Lists = Pick<ReplayReport, 'topReferers' | 'topPaths' | 'topListError'>;

function topLists(title: string, { topReferers, topPaths, topListError }: Lists): string[][] {
  const hosts = topReferers.map(({ host, denied }) => [host, denied] as const);
  const paths = topPaths.map(({ path, denied }) => [path, denied] as const);
  return [
    topList(`Referer hosts ${title}`, hosts, topListError.referers),
    topList(`paths ${title}`, paths, topListError.paths),
  ];
}

function topList(title: string, items: readonly (readonly [string, number])[], error: number): string[] {
  if (items.length === 0) return error === 0 ? [] : [title, `  ${noneCertain(error)}`];
  const exactness = error === 0 ? 'exact' : `each up to ${number(error)} too low`;
  const rows = items
    .slice(0, rowsShown)
    .map(([name, count]) => [shortened(printable(name), widestName), number(count), '']);
  return [`${title} (${exactness})`, ...table(rows)];
}

function changes({ allowToDeny, denyToAllow, undecidable }: NonNullable<ReplayReport['changes']>): string[][] {
  return [
    [
      'what would change',
      ...table([
        ['allow to deny', number(allowToDeny.lines), ''],
        ['deny to allow', number(denyToAllow.lines), ''],
        ...(undecidable > 0 ? [['undecidable', number(undecidable), 'by one rule set or the other']] : []),
      ]),
    ],
    ...changeOf('newly denied', allowToDeny),
    ...changeOf('no longer denied', denyToAllow),
  ];
}

function changeOf(title: string, change: ChangeReport): string[][] {
  if (change.lines === 0) return [];
  const { '': none, ...named } = change.policies;
  const byPolicy = none === undefined ? named : { ...named, '(no policy)': none };
  return [counts(`reason, ${title}`, change.reasons), counts(`policy, ${title}`, byPolicy), ...topLists(title, change)];
}

function samples({ unreadableLines }: ReplayReport): string[] {
  const rows = unreadableLines.samples.map(
    ({ log, line, kind, text }) => `  ${printable(log)}:${line}: ${kindWords[kind]}: ${printable(text)}`,
  );
  return rows.length === 0 ? [] : ['unreadable lines, the first of each kind', ...rows];
}

/** Rows of name, number and remark in columns. */
function table(rows: readonly (readonly string[])[]): string[] {
  const width = (column: number): number => Math.max(...rows.map((row) => (row[column] ?? '').length));
  const [names, numbers] = [width(0), width(1)];
  return rows.map(([name = '', count = '', remark = '']) =>
    `  ${name.padEnd(names)}  ${count.padStart(numbers)}  ${remark}`.trimEnd(),
  );
}
