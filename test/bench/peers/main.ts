import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fromRoot } from '../../support/paths.js';
import { stopLeftovers } from '../../support/started-process.js';
import { buildPeers } from './build-peers.js';
import { readOptions } from './options.js';
import { plots } from './plot/plots.js';
import { report } from './report/report.js';
import { withSection } from './report/results-file.js';
import type { Results } from './results.js';
import { runAll } from './run-all.js';

const args = process.argv.slice(2);
const options = readOptions(args);
const kept = fromRoot('.cache/bench-peers');
const figures = `${kept}/results.json`;

/** However the run ends, no peer outlives it. */
async function measured(): Promise<Results> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stopLeftovers().then(() => process.exit(1)));
  }
  try {
    const command = ['npm run bench:peers', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
    return await runAll(buildPeers(options.only), options, command);
  } finally {
    await stopLeftovers();
  }
}

const results = options.again ? (JSON.parse(readFileSync(figures, 'utf8')) as Results) : await measured();
mkdirSync(kept, { recursive: true });
writeFileSync(figures, JSON.stringify(results));
const section = report(results);
const folder = options.write ? fromRoot('test/bench/plots') : `${kept}/plots`;
mkdirSync(folder, { recursive: true });
for (const [name, svg] of Object.entries(plots(results))) writeFileSync(`${folder}/${name}.svg`, svg);
if (options.write) {
  const file = fromRoot('test/bench/RESULTS.md');
  writeFileSync(file, withSection(readFileSync(file, 'utf8'), section));
}
process.stdout.write(section);
