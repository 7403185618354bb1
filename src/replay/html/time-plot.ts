import type { OverTime } from '../report.js';
import { number } from '../report-words.js';
import { type Markup, markup } from './markup.js';

const width = 900;
const height = 220;
const margin = { left: 70, right: 10, top: 10, bottom: 26 };
const plot = { width: width - margin.left - margin.right, height: height - margin.top - margin.bottom };

/** Denied requests over time: a bar for each stretch, linear in time and number. */
export function timePlot({ bucketSeconds, buckets }: OverTime): Markup {
  const times = buckets.map(({ from }) => Date.parse(from));
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const stretches = (last - first) / (bucketSeconds * 1000) + 1;
  const greatest = Math.max(1, ...buckets.map(({ denied }) => denied));
  const bars = buckets
    .filter(({ denied }) => denied > 0)
    .map(({ from, lines, denied }) => {
      const place = (Date.parse(from) - first) / (bucketSeconds * 1000) / stretches;
      return bar(
        place,
        1 / stretches,
        denied / greatest,
        `${clock(from)}: ${number(denied)} of ${number(lines)} denied`,
      );
    });
  return markup`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="denied requests over time">
${axes(greatest, buckets[0]?.from ?? '', new Date(last + bucketSeconds * 1000).toISOString())}${bars}</svg>`;
}

function bar(place: number, share: number, level: number, title: string): Markup {
  const barWidth = Math.max(1, share * plot.width - (share * plot.width > 4 ? 1 : 0));
  const barHeight = Math.max(1, level * plot.height);
  const [x, y] = [margin.left + place * plot.width, margin.top + plot.height - barHeight];
  return markup`<rect class="deny" x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${barWidth.toFixed(1)}" height="${barHeight.toFixed(1)}"><title>${title}</title></rect>
`;
}

function axes(greatest: number, from: string, to: string): Markup {
  const bottom = margin.top + plot.height;
  const right = margin.left + plot.width;
  return markup`<path class="axis" fill="none" d="M${margin.left} ${margin.top}V${bottom}H${right}"/>
<text class="dim" x="${margin.left - 8}" y="${margin.top + 10}" text-anchor="end">${number(greatest)}</text>
<text class="dim" x="${margin.left - 8}" y="${bottom}" text-anchor="end">0</text>
<text class="dim" x="${margin.left}" y="${height - 6}">${clock(from)}</text>
<text class="dim" x="${right}" y="${height - 6}" text-anchor="end">${clock(to)}</text>
`;
}

/** `2015-05-17T10:05:00.000Z` → `2015-05-17 10:05` */
function clock(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}
