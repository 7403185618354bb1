import { createHash } from 'node:crypto';
import type { ChangeReport, ReplayReport } from '../report.js';
import { bytes, number } from '../report-words.js';
import { type Bar, barPlot } from './bar-plot.js';
import { type Markup, markup, ownMarkup } from './markup.js';
import { script } from './script.js';
import { style } from './style.js';
import { policyTable, topTable, unreadableTable } from './tables.js';
import { timePlot } from './time-plot.js';

/**
 * Nothing is loaded and nothing runs but the page's own style and script, told by their hashes (CSP Level 3 §2.3.1). What
 * the log holds is escaped; this is the second lock, should that ever fail.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src ${hashSource(style)}`,
  `script-src ${hashSource(script)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** As many bars as can be taken in at a look. */
const mostBars = 20;

/** The report as a page that needs nothing beside itself. */
export function reportHtml(report: ReplayReport): string {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>refgate replay</title>
<style>${ownMarkup(style)}</style>
</head>
<body>
<h1>What would have been denied</h1>
${totals(report)}
${changes(report)}
${overTime(report)}
<h2>By reason</h2>
${barPlot('lines by reason', reasonBars(report.reasons))}
<h2>By policy</h2>
${barPlot('denied lines by policy', policyBars(report))}
${policyTable(report.policies)}
${topLists('', report)}
${unreadable(report)}
${notes(report)}
<script>${ownMarkup(script)}</script>
</body>
</html>
`.text;
}

function hashSource(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function totals(report: ReplayReport): Markup {
  const amounts: [string, string][] = [
    ['lines', number(report.lines)],
    ['unreadable', number(report.unreadable)],
    ['allowed', number(report.allowed)],
    ['denied', number(report.denied)],
    ['shadow denied', number(report.shadowDenied)],
    ['undecidable', number(report.undecidable)],
    ['saved', bytes(report.bytesSaved)],
  ];
  const items = amounts.map(
    ([name, amount]) => markup`<div><dt>${name}</dt><dd>${amount}</dd></div>
`,
  );
  return markup`<p class="dim">Read as ${report.logFormat}. ${number(report.deniedServed)} of the denied had been answered with a status below 400.</p>
<dl class="totals">${items}</dl>`;
}

function overTime({ overTime: times }: ReplayReport): Markup {
  if (times.buckets.length === 0) return markup``;
  return markup`<h2>Denied over time</h2>
<p class="dim">UTC, shadow mode included, in steps of ${inWords(times.bucketSeconds)}.</p>
${timePlot(times)}`;
}

/** `3600` → `1 hour` */
function inWords(seconds: number): string {
  const [length, unit] = [
    [86_400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ].find(([each]) => seconds % Number(each) === 0) ?? [1, 'second'];
  const count = seconds / Number(length);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Reasons of allows and of denies; `invalid_referer` is mostly the latter. */
function reasonBars(reasons: Readonly<Record<string, number>>): Bar[] {
  const ofDenies = /denied|deny|not_in|invalid|unknown|cross_site/;
  return Object.entries(reasons).map(([name, count]) => ({
    name,
    count,
    kind: ofDenies.test(name) ? 'deny' : 'allow',
  }));
}

function policyBars({ policies }: ReplayReport): Bar[] {
  const bars = Object.entries(policies).map(([name, { denied, shadowDenied = 0 }]) => ({
    name,
    count: denied + shadowDenied,
  }));
  const shown = bars.filter(({ count }) => count > 0).sort((a, b) => b.count - a.count);
  return shown.slice(0, mostBars).map((bar) => ({ ...bar, kind: 'deny' }));
}

type Lists = Pick<ReplayReport, 'topReferers' | 'topPaths' | 'topListError'>;

function topLists(suffix: string, { topReferers, topPaths, topListError }: Lists): Markup {
  const hosts = topReferers.map(({ host, denied }) => [host, denied] as const);
  const paths = topPaths.map(({ path, denied }) => [path, denied] as const);
  const bars = hosts.slice(0, mostBars).map(([name, count]): Bar => ({ name, count, kind: 'deny' }));
  return markup`<h2>Referer hosts${suffix}</h2>
${barPlot('denied lines by Referer host', bars)}
${topTable('host', hosts, topListError.referers)}
<h2>Paths${suffix}</h2>
${topTable('path', paths, topListError.paths)}`;
}

function changes({ changes: found }: ReplayReport): Markup {
  if (found === undefined) return markup``;
  const { allowToDeny, denyToAllow, undecidable } = found;
  return markup`<h2>What would change</h2>
<dl class="totals"><div><dt>allow to deny</dt><dd>${number(allowToDeny.lines)}</dd></div>
<div><dt>deny to allow</dt><dd>${number(denyToAllow.lines)}</dd></div>
<div><dt>undecidable</dt><dd>${number(undecidable)}</dd></div></dl>
${changeOf('newly denied', allowToDeny)}${changeOf('no longer denied', denyToAllow)}`;
}

function changeOf(title: string, change: ChangeReport): Markup {
  if (change.lines === 0) return markup``;
  const bars = Object.entries(change.policies).map(
    ([name, count]): Bar => ({ name: name || '(no policy)', count, kind: 'deny' }),
  );
  return markup`<h2>By policy, ${title}</h2>
${barPlot(`lines by policy, ${title}`, bars.slice(0, mostBars))}
${topLists(`, ${title}`, change)}`;
}

function unreadable({ unreadableLines }: ReplayReport): Markup {
  if (unreadableLines.samples.length === 0) return markup``;
  return markup`<h2>Unreadable lines</h2>
${unreadableTable(unreadableLines)}`;
}

function notes({ notes: texts }: ReplayReport): Markup {
  if (texts.length === 0) return markup``;
  return markup`<h2>Notes</h2>
<ul>${texts.map(
    (text) => markup`<li>${text}</li>
`,
  )}</ul>`;
}
