import { Command, CommanderError } from 'commander';
import { version } from '../version.js';
import type { RunCommand } from './commands/command-runner.js';
import { explainCommand } from './commands/explain.js';
import { headersCommand } from './commands/headers.js';
import { importCommand } from './commands/import.js';
import { presetsCommand } from './commands/presets.js';
import { replayCommand } from './commands/replay.js';
import { serveCommand } from './commands/serve.js';
import { testCommand } from './commands/test.js';
import { validateCommand } from './commands/validate.js';
import { exitCodes } from './exit-codes.js';

/**
 * Every command, in the order of the help text. These are their words alone; what they do is loaded when it runs:
 * `validate` in a commit hook needs neither gRPC nor an HTTP server, whose loading takes longer than its work.
 */
const commands: readonly ((run: RunCommand) => Command)[] = [
  serveCommand,
  validateCommand,
  explainCommand,
  replayCommand,
  headersCommand,
  presetsCommand,
  importCommand,
  testCommand,
];

/** Runs the command that the arguments name (without the two that Node puts first) and gives its exit code. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  let exitCode: number = exitCodes.ok;
  const program = createProgram(async (run) => {
    exitCode = await run();
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

function createProgram(run: RunCommand): Command {
  const program = new Command('refgate')
    .description('Hotlink protection for any proxy: answers from Referer rules whether a request may pass.')
    .version(version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(add --help for what the command takes)');
  for (const define of commands) program.addCommand(define(run).copyInheritedSettings(program));
  return program;
}
