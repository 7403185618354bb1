import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { fromRoot } from '../support/paths.js';

/** Starts the soak with flags in the place of environment variables, which mocha would take for files to run. */
const { values } = parseArgs({
  options: {
    seconds: { type: 'string' },
    faults: { type: 'string' },
    seed: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const usage = `npm run test:soak -- [--seconds N] [--faults NAME,NAME] [--seed N]

  --seconds  how long faults are begun for, at least one round of all of them (REFGATE_SOAK_SECONDS; 120)
  --faults   only these, by the names of their files in test/soak/faults (REFGATE_SOAK_FAULTS; all)
  --seed     the order of an earlier run, which printed it (REFGATE_SEED)
`;

if (values.help) {
  process.stdout.write(usage);
} else {
  const { seconds, faults, seed } = values;
  const env = {
    ...process.env,
    ...(seconds !== undefined && { REFGATE_SOAK_SECONDS: seconds }),
    ...(faults !== undefined && { REFGATE_SOAK_FAULTS: faults }),
    ...(seed !== undefined && { REFGATE_SEED: seed }),
  };
  const mocha = fromRoot('node_modules/mocha/bin/mocha.js');
  // --exit: clients of a soak that fails halfway would ask on for ever.
  const args = [mocha, '--exit', '.build/test/soak/**/*.test.js'];
  const { status } = spawnSync(process.execPath, args, { cwd: fromRoot('.'), env, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
