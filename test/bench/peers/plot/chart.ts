import { logScale, type Scale } from './scale.js';

export interface Axis {
  readonly label: string;
  readonly text: (value: number) => string;
}

export interface Line {
  readonly name: string;
  readonly color: string;
  /** SVG's stroke-dasharray; empty: drawn through. */
  readonly dash: string;
  readonly bold: boolean;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Chart {
  readonly title: string;
  readonly subtitle: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly Line[];
}

const width = 860;
const height = 470;
const area = { left: 74, right: 600, top: 66, bottom: 410 };

/** Text and grid follow the reader's scheme; the colours of the lines are legible on both. */
const style = `
    .ground { fill: #ffffff }
    text { font: 12px system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif; fill: #343a40 }
    .title { font-size: 16px; font-weight: 600; fill: #212529 }
    .soft { fill: #5c636a }
    .grid { stroke: #e3e6e9 }
    .axis { stroke: #868e96 }
    @media (prefers-color-scheme: dark) {
      .ground { fill: #15181c }
      text { fill: #d5d9de }
      .title { fill: #f1f3f5 }
      .soft { fill: #a5adb5 }
      .grid { stroke: #2b3036 }
      .axis { stroke: #78818a }
    }`;

/** A line chart with two logarithmic axes, as SVG. Lines without points are left out. */
export function chart({ title, subtitle, x, y, lines }: Chart): string {
  const drawn = lines.filter(({ points }) => points.length > 0);
  const points = drawn.flatMap((line) => line.points);
  const across = logScale(
    points.map(([value]) => value),
    area.left,
    area.right,
  );
  const up = logScale(
    points.map(([, value]) => value),
    area.bottom,
    area.top,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `  <title>${escaped(title)}</title>`,
    `  <style>${style}\n  </style>`,
    `  <rect class="ground" width="${width}" height="${height}" rx="6"/>`,
    text(area.left, 28, title, 'class="title"'),
    text(area.left, 48, subtitle, 'class="soft"'),
    ...horizontalAxis(across, x),
    ...verticalAxis(up, y),
    ...drawn.map((line) => drawnLine(line, across, up)),
    ...legend(drawn),
    '</svg>\n',
  ].join('\n');
}

function horizontalAxis({ place, ticks }: Scale, { label, text: textOf }: Axis): string[] {
  const middle = (area.left + area.right) / 2;
  return [
    ...ticks.map((tick) => segment(place(tick), area.top, place(tick), area.bottom, 'grid')),
    segment(area.left, area.bottom, area.right, area.bottom, 'axis'),
    ...ticks.map((tick) => text(place(tick), area.bottom + 18, textOf(tick), 'text-anchor="middle"')),
    text(middle, area.bottom + 42, label, 'class="soft" text-anchor="middle"'),
  ];
}

function verticalAxis({ place, ticks }: Scale, { label, text: textOf }: Axis): string[] {
  const middle = (area.top + area.bottom) / 2;
  return [
    ...ticks.map((tick) => segment(area.left, place(tick), area.right, place(tick), 'grid')),
    segment(area.left, area.top, area.left, area.bottom, 'axis'),
    ...ticks.map((tick) => text(area.left - 8, place(tick) + 4, textOf(tick), 'text-anchor="end"')),
    text(0, 0, label, `class="soft" text-anchor="middle" transform="translate(18 ${middle}) rotate(-90)"`),
  ];
}

function drawnLine({ color, dash, bold, points }: Line, across: Scale, up: Scale): string {
  const places = points.map(([x, y]) => [across.place(x).toFixed(1), up.place(y).toFixed(1)] as const);
  const path = `<polyline fill="none" points="${places.map((place) => place.join(',')).join(' ')}" ${stroke(color, dash, bold)}/>`;
  const dots = places.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="${bold ? 4 : 3}" fill="${color}"/>`);
  return `  ${path}${dots.join('')}`;
}

/** In the order in which the lines end, the highest first, so that the eye finds them. */
function legend(lines: readonly Line[]): string[] {
  const sorted = lines.toSorted((a, b) => (b.points.at(-1)?.[1] ?? 0) - (a.points.at(-1)?.[1] ?? 0));
  return sorted.flatMap(({ name, color, dash, bold }, at) => {
    const y = area.top + 10 + at * 24;
    const x = area.right + 18;
    return [
      `  <line x1="${x}" y1="${y}" x2="${x + 28}" y2="${y}" ${stroke(color, dash, bold)}/>`,
      `  <circle cx="${x + 14}" cy="${y}" r="3" fill="${color}"/>`,
      text(x + 36, y + 4, name, bold ? 'font-weight="600"' : ''),
    ];
  });
}

function stroke(color: string, dash: string, bold: boolean): string {
  const dashed = dash === '' ? '' : ` stroke-dasharray="${dash}"`;
  return `stroke="${color}" stroke-width="${bold ? 3.5 : 2}"${dashed}`;
}

function segment(x1: number, y1: number, x2: number, y2: number, kind: 'grid' | 'axis'): string {
  const [a, b, c, d] = [x1, y1, x2, y2].map((value) => value.toFixed(1));
  return `  <line class="${kind}" x1="${a}" y1="${b}" x2="${c}" y2="${d}"/>`;
}

function text(x: number, y: number, words: string, attributes: string): string {
  return `  <text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${attributes}>${escaped(words)}</text>`;
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
