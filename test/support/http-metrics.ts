/** The series of a text in Prometheus' format, each with its value. Throws on a line that is none. */
export function parseMetrics(text: string): [series: string, value: number][] {
  const series: [string, number][] = [];
  for (const line of text.split('\n')) {
    if (line === '' || line.startsWith('# HELP ') || line.startsWith('# TYPE ')) continue;
    const [, name, value] = /^([a-zA-Z_:][\w:]*(?:\{(?:\w+="(?:[^"\\]|\\.)*",?)+\})?) (\S+)$/.exec(line) ?? [];
    // prom-client writes `Nan` where a summary has no samples yet; Prometheus reads it in any case.
    if (name === undefined || (Number.isNaN(Number(value)) && value !== 'Nan')) throw new Error(`no metric: ${line}`);
    series.push([name, Number(value)]);
  }
  return series;
}
