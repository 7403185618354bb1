import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const LOOKER = fileURLToPath(new URL('../lookup-garbage.js', import.meta.url));

/** How many scavenges ten million look-ups of each kind make, in a process of their own that tells of each. */
export function scavengesOfLookups(): string {
  const { stdout, status } = spawnSync(process.execPath, ['--trace-gc', LOOKER], { encoding: 'utf8' });
  if (status !== 0) throw new Error('the look-ups failed');
  const lines = stdout.split('\n');
  const counts = lines.flatMap((line, at) => {
    const kind = /^begin (.*)$/.exec(line)?.[1];
    if (kind === undefined) return [];
    const end = lines.indexOf(`end ${kind}`, at);
    return [`${kind}: ${lines.slice(at, end).filter((between) => between.includes('Scavenge')).length}`];
  });
  return `Scavenges in 10,000,000 look-ups among a million names, under \`--trace-gc\` (\`node --trace-gc .build/test/bench/lookup-garbage.js\`): ${counts.join('; ')}.`;
}
