import { Command } from 'commander';
import type { TestOptions } from '../test.js';
import type { RunCommand } from './command-runner.js';
import { botRangesOption, defaultActionOption, formatOption, rulesOption } from './options.js';

/** The words of `refgate test`. */
export function testCommand(run: RunCommand): Command {
  return new Command('test')
    .description('try the requests of cases files, and compare what the rules say with what is expected')
    .argument('<CASES...>', 'YAML or JSON files of cases: requests with expected decisions')
    .addOption(rulesOption())
    .addOption(botRangesOption())
    .addOption(defaultActionOption())
    .addOption(formatOption(['junit']))
    .addHelpText(
      'after',
      '\nExit codes: 0 all as expected, 1 a difference, 64 wrong command line, 65 bad cases or rules, 66 unreadable.' +
        '\nWhat a case may say: docs/testing-rules.md.',
    )
    .action((files: string[], options: TestOptions) =>
      run(async () => (await import('../test.js')).test(files, options)),
    );
}
