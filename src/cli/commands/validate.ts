import { Command } from 'commander';
import type { ValidateOptions } from '../validate.js';
import type { RunCommand } from './command-runner.js';
import { botRangesOption, formatOption } from './options.js';

/** The words of `refgate validate`. */
export function validateCommand(run: RunCommand): Command {
  return new Command('validate')
    .description('check the rule files of a folder, and warn of what is probably not meant')
    .argument('<DIR>', 'folder of rule files')
    .addOption(botRangesOption())
    .addOption(formatOption())
    .option('--strict', 'take warnings for errors', false)
    .addHelpText(
      'after',
      '\nExit codes: 0 good, warnings or not, 64 wrong command line, 65 bad rules, or warnings with --strict, 66 the folder' +
        '\ncannot be read. docs/warnings.md has every warning and how to silence it.',
    )
    .action((dir: string, options: ValidateOptions) =>
      run(async () => (await import('../validate.js')).validate(dir, options)),
    );
}
