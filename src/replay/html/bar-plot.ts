import { shortened } from '../../printable.js';
import { number } from '../report-words.js';
import { type Markup, markup } from './markup.js';

/** A named amount. */
export interface Bar {
  readonly name: string;
  readonly count: number;
  /** What it stands for, which gives it its colour. */
  readonly kind: 'deny' | 'allow';
}

const width = 900;
const nameWidth = 300;
const countWidth = 90;
const rowHeight = 26;
const longestName = 42;

/** A plot of one bar below the other, each with its name and number. */
export function barPlot(label: string, bars: readonly Bar[]): Markup {
  const greatest = Math.max(1, ...bars.map(({ count }) => count));
  const rows = bars.map((bar, row) => barRow(bar, row * rowHeight, bar.count / greatest));
  const height = bars.length * rowHeight;
  return markup`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">${rows}</svg>`;
}

function barRow({ name, count, kind }: Bar, top: number, share: number): Markup {
  const length = Math.max(count > 0 ? 1 : 0, Math.round(share * (width - nameWidth - countWidth)));
  const middle = top + rowHeight / 2 + 4;
  return markup`<g><title>${name}: ${number(count)}</title>
<text x="${nameWidth - 10}" y="${middle}" text-anchor="end">${shortened(name, longestName)}</text>
<rect class="${kind}" x="${nameWidth}" y="${top + 4}" width="${length}" height="${rowHeight - 8}" rx="2"/>
<text x="${nameWidth + length + 8}" y="${middle}">${number(count)}</text></g>
`;
}
