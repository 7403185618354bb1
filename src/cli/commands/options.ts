import { Option } from 'commander';
import { environmentName, flags } from '../../settings.js';

/** Options that several commands have, in the same words. */

export function rulesOption(): Option {
  return new Option('--rules <DIR>', 'folder of rule files (required)').makeOptionMandatory();
}

/** For every command that loads rules; its environment twin is that of `serve`. */
export function botRangesOption(): Option {
  return new Option('--bot-ranges <DIR>', flags.botRanges.help).env(environmentName('botRanges'));
}

export function defaultActionOption(): Option {
  return new Option('--default-action <ACTION>', flags.defaultAction.help)
    .choices(['allow', 'deny'])
    .default(flags.defaultAction.fallback);
}

export function formatOption(further: readonly string[] = []): Option {
  return new Option('--format <FORMAT>', 'how to print').choices(['text', 'json', ...further]).default('text');
}

/** For options that may be given several times. */
export function collect(value: string, earlier: readonly string[] = []): readonly string[] {
  return [...earlier, value];
}
