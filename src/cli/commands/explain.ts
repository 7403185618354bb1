import { Command } from 'commander';
import type { ExplainOptions } from '../explain.js';
import type { RunCommand } from './command-runner.js';
import { botRangesOption, collect, defaultActionOption, formatOption, rulesOption } from './options.js';

/** The words of `refgate explain`. */
export function explainCommand(run: RunCommand): Command {
  return new Command('explain')
    .description('tell how a request would be answered, and which step, policy and entry decides')
    .addOption(rulesOption())
    .addOption(botRangesOption())
    .requiredOption('--url <URL>', 'what is asked for, such as https://cdn.shop.example/images/a.jpg (required)')
    .option('--method <METHOD>', 'request method', 'GET')
    .option('--referer <TEXT>', 'Referer header; left out: the request has none; given twice: it has two', collect)
    .option("--header <'NAME: VALUE'>", 'another request header, as often as needed', collect)
    .option('--client-ip <IP>', 'address of the client')
    .option('--policy <NAME>', 'decide by this policy, as where a proxy names it in context_extensions')
    .addOption(defaultActionOption())
    .addOption(formatOption())
    .addHelpText(
      'after',
      '\nExit codes: 0 allow or deny, 64 wrong command line, 65 bad rules, 66 the folder cannot be read.',
    )
    .action((options: ExplainOptions) => run(async () => (await import('../explain.js')).explain(options)));
}
