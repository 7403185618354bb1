import { Command, CommanderError, Option } from 'commander';
import { environmentName, flagName, flags, type Settings } from '../settings.js';
import { version } from '../version.js';
import { exitCodes } from './exit-codes.js';
import type { ExplainOptions } from './explain.js';
import type { ValidateOptions } from './validate.js';

/** Runs the command that the arguments name (without the two that Node puts first) and gives its exit code. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const program = createProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Commander has printed the mistake, or the help that was asked for.
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
  return exitCode;
}

/** Takes the exit code of the one command that runs. */
type Finish = (exitCode: number) => void;

/**
 * A command's code is loaded when it runs: `validate` in a commit hook needs neither gRPC nor an HTTP server, whose
 * loading takes longer than its work.
 */
function createProgram(finish: Finish): Command {
  const program = new Command('refgate')
    .description('Hotlink protection for any proxy: answers from Referer rules whether a request may pass.')
    .version(version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(add --help for what the command takes)');
  addServe(program, finish);
  addValidate(program, finish);
  addExplain(program, finish);
  return program;
}

function addServe(program: Command, finish: Finish): void {
  const command = program
    .command('serve')
    .description('answer proxies by the rules of a folder, and reload them when they change')
    .addHelpText(
      'after',
      '\nEach flag can be given by the environment variable named after it; a flag on the command line wins. A switch is' +
        '\nthen true or false. SIGHUP reloads the rules. SIGTERM and SIGINT drain and end with 0, a second one at once.' +
        '\nExit codes: 1 could not start (rules, ports), 64 wrong command line.',
    );
  for (const name of Object.keys(flags) as (keyof Settings)[]) command.addOption(serveOption(name));
  command.action(async (options: Partial<Record<keyof Settings, string | boolean>>) => {
    const { serve } = await import('./serve.js');
    finish(await serve(options));
  });
}

/** Defaults are filled in by `readSettings`, since the environment stands between them and the command line. */
function serveOption(name: keyof Settings): Option {
  const { placeholder, fallback, help } = flags[name];
  const written = `--${flagName(name)}${placeholder === undefined ? '' : ` <${placeholder}>`}`;
  const standing = fallback === undefined ? ' (required)' : ` (default: ${fallback})`;
  const shown = placeholder === undefined ? '' : standing;
  return new Option(written, `${help}${shown} [${environmentName(name)}]`);
}

function addValidate(program: Command, finish: Finish): void {
  program
    .command('validate')
    .description('check the rule files of a folder: exit 0 when they are good, 65 when not, 66 when it cannot be read')
    .argument('<DIR>', 'folder of rule files')
    .addOption(formatOption())
    .option('--strict', 'take warnings for errors', false)
    .action(async (dir: string, options: ValidateOptions) => {
      const { validate } = await import('./validate.js');
      finish(await validate(dir, options));
    });
}

function addExplain(program: Command, finish: Finish): void {
  program
    .command('explain')
    .description('tell how a request would be answered, and which step, policy and entry decides')
    .requiredOption('--rules <DIR>', 'folder of rule files (required)')
    .requiredOption('--url <URL>', 'what is asked for, such as https://cdn.shop.example/images/a.jpg (required)')
    .option('--method <METHOD>', 'request method', 'GET')
    .option('--referer <TEXT>', 'Referer header; left out: the request has none; given twice: it has two', collect)
    .option("--header <'NAME: VALUE'>", 'another request header, as often as needed', collect)
    .option('--client-ip <IP>', 'address of the client')
    .option('--policy <NAME>', 'decide by this policy, as where a proxy names it in context_extensions')
    .addOption(
      new Option('--default-action <ACTION>', flags.defaultAction.help)
        .choices(['allow', 'deny'])
        .default(flags.defaultAction.fallback),
    )
    .addOption(formatOption())
    .action(async (options: ExplainOptions) => {
      const { explain } = await import('./explain.js');
      finish(await explain(options));
    });
}

function formatOption(): Option {
  return new Option('--format <FORMAT>', 'how to print').choices(['text', 'json']).default('text');
}

function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}
