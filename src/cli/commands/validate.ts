import { Command } from 'commander';
import type { ValidateOptions } from '../validate.js';
import type { RunCommand } from './command-runner.js';
import { botRangesOption, formatOption } from './options.js';

/** The words of `refgate validate`. */
export function validateCommand(run: RunCommand): Command {
  return new Command('validate')
    .description('check the rule files of a folder: exit 0 when they are good, 65 when not, 66 when it cannot be read')
    .argument('<DIR>', 'folder of rule files')
    .addOption(botRangesOption())
    .addOption(formatOption())
    .option('--strict', 'take warnings for errors', false)
    .action((dir: string, options: ValidateOptions) =>
      run(async () => (await import('../validate.js')).validate(dir, options)),
    );
}
