import type { PolicyCounts, ReplayReport } from '../report.js';
import { kindWords, noneCertain, number } from '../report-words.js';
import { type Markup, markup } from './markup.js';

/** The Referer hosts or paths that are denied most often, with how exact their counts are. */
export function topTable(what: string, items: readonly (readonly [string, number])[], error: number): Markup {
  if (items.length === 0) return markup`<p class="dim">${error === 0 ? 'None.' : noneCertain(error)}</p>`;
  const exactness = error === 0 ? 'Exact counts' : `Each count is up to ${number(error)} too low`;
  const rows = items.map(
    ([name, count]) => markup`<tr><td><code>${name}</code></td>${numberCell(count)}</tr>
`,
  );
  return markup`<table><caption>${exactness}, the ${items.length} most frequent.</caption>
<thead><tr><th scope="col">${what}</th><th scope="col" class="number">denied</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

/** Every policy that covered a line. */
export function policyTable(policies: Readonly<Record<string, PolicyCounts>>): Markup {
  const rows = Object.entries(policies)
    .filter(([, counts]) => Object.values(counts).some((count) => count > 0))
    .map(([name, { allowed, denied, shadowDenied = 0, undecidable = 0 }]) => {
      const cells = [denied, allowed, shadowDenied, undecidable].map(numberCell);
      return markup`<tr><td><code>${name}</code></td>${cells}</tr>
`;
    });
  const heads = ['denied', 'allowed', 'shadow denied', 'undecidable'];
  return markup`<table><thead><tr><th scope="col">policy</th>${heads.map(
    (head) => markup`<th scope="col" class="number">${head}</th>`,
  )}</tr></thead>
<tbody>${rows}</tbody></table>`;
}

/** The first unreadable lines of each kind, with how many there are. */
export function unreadableTable({ kinds, samples }: ReplayReport['unreadableLines']): Markup {
  const counts = Object.entries(kinds).map(
    ([kind, count]) => `${number(count)} ${kindWords[kind as keyof typeof kindWords]}`,
  );
  const rows = samples.map(
    ({
      log,
      line,
      kind,
      text,
    }) => markup`<tr><td>${log}</td>${numberCell(line)}<td>${kindWords[kind]}</td><td><code>${text}</code></td></tr>
`,
  );
  return markup`<table><caption>${counts.join(', ')}. The first of each kind:</caption>
<thead><tr><th scope="col">log</th><th scope="col" class="number">line</th><th scope="col">why</th><th scope="col">text</th></tr></thead>
<tbody>${rows}</tbody></table>`;
}

function numberCell(count: number): Markup {
  return markup`<td class="number" data-value="${count}">${number(count)}</td>`;
}
