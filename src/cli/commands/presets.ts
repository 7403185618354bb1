import { Command } from 'commander';
import type { PresetsOptions } from '../presets.js';
import type { RunCommand } from './command-runner.js';
import { formatOption } from './options.js';

/** The words of `refgate presets`. */
export function presetsCommand(run: RunCommand): Command {
  return new Command('presets')
    .description('list the presets that a rule may name as { preset: NAME }, or the entries of one')
    .argument('[NAME]', 'print the entries of this preset, each with why it is there and where that is from')
    .addOption(formatOption())
    .addHelpText(
      'after',
      '\nThe text of one preset is a list file: save it, change it, and name it as { file: … } instead.' +
        '\nEntries of a preset cover themselves alone, as with exact: true.',
    )
    .action((name: string | undefined, options: PresetsOptions) =>
      run(async () => (await import('../presets.js')).presets(name, options)),
    );
}
