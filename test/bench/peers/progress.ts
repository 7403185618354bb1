const start = performance.now();

/** Tells on stderr how far the run is, since stdout takes the tables. */
export function log(text: string): void {
  process.stderr.write(`${((performance.now() - start) / 1000).toFixed(0).padStart(5)} s  ${text}\n`);
}
