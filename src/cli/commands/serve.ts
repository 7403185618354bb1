import { Command, Option } from 'commander';
import { environmentName, flagName, flags, type Settings } from '../../settings.js';
import type { RunCommand } from './command-runner.js';

/** The words of `refgate serve`; its flags are those of the settings. */
export function serveCommand(run: RunCommand): Command {
  const command = new Command('serve')
    .description('answer proxies by the rules of a folder, and reload them when they change')
    .addHelpText(
      'after',
      '\nEach flag can be given by the environment variable named after it; a flag on the command line wins. A switch is' +
        '\nthen true or false. SIGHUP reloads the rules and the settings of --manage-config. SIGTERM and SIGINT' +
        '\ndrain and end with 0, a second one at once.' +
        '\nExit codes: 1 could not start (rules, management settings, ports), 64 wrong command line.',
    );
  for (const name of Object.keys(flags) as (keyof Settings)[]) command.addOption(serveOption(name));
  return command.action((options: Partial<Record<keyof Settings, string | boolean>>) =>
    run(async () => (await import('../serve.js')).serve(options)),
  );
}

/** Defaults are filled in by `readSettings`, since the environment stands between them and the command line. */
function serveOption(name: keyof Settings): Option {
  const { placeholder, fallback, optional, help } = flags[name];
  const written = `--${flagName(name)}${placeholder === undefined ? '' : ` <${placeholder}>`}`;
  const standing = fallback === undefined ? ' (required)' : ` (default: ${fallback})`;
  const shown = placeholder === undefined || optional ? '' : standing;
  return new Option(written, `${help}${shown} [${environmentName(name)}]`);
}
