import { Command, Option } from 'commander';
import type { ReplayOptions } from '../replay.js';
import type { RunCommand } from './command-runner.js';
import { botRangesOption, defaultActionOption, formatOption, rulesOption } from './options.js';

/** The words of `refgate replay`. */
export function replayCommand(run: RunCommand): Command {
  return new Command('replay')
    .description('decide every line of access logs, and report what would have been denied')
    .argument('<ACCESS_LOG...>', 'logs in this order, plain or gzip; - is standard input')
    .addOption(rulesOption())
    .addOption(botRangesOption())
    .option('--compare <OLD_DIR>', 'rules in force today: report what would change from them to --rules')
    .option(
      '--log-format <FORMAT>',
      'combined, combined-vhost, json, or a format of nginx, Envoy or httpd written out (default: told from the lines)',
    )
    .option('--host <NAME>', 'host that was asked for, where the log does not say')
    .option('--policy <NAME>', 'decide every line by this policy')
    .addOption(
      new Option('--scheme <SCHEME>', 'where the log does not say').choices(['http', 'https']).default('https'),
    )
    .addOption(defaultActionOption())
    .addOption(formatOption(['html']))
    .addHelpText(
      'after',
      '\nExit codes: 0 a report, whatever it says, 64 wrong command line, 65 bad rules, 66 a log or the folder cannot be read.' +
        '\nFormats, and what the report counts: docs/replay.md.',
    )
    .action((logs: string[], options: ReplayOptions) =>
      run(async () => (await import('../replay.js')).replay(logs, options)),
    );
}
