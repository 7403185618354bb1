import { Argument, Command } from 'commander';
import { type ImportFormat, type ImportFormatName, importFormats } from '../../import/formats.js';
import type { RunCommand } from './command-runner.js';

/** The words of `refgate import`. */
export function importCommand(run: RunCommand): Command {
  return new Command('import')
    .description('turn the hotlink protection of another product into a rule file, written to stdout')
    .addArgument(new Argument('<FORMAT>', 'whose configuration it is').choices(Object.keys(importFormats)))
    .argument('<FILE>', 'the configuration; - reads it from stdin')
    .addHelpText('after', `\nFormats:\n${formatLines()}\n\n${OUTCOME}`)
    .action((format: ImportFormatName, file: string) =>
      run(async () => (await import('../import.js')).importRules(importFormats[format], file)),
    );
}

const OUTCOME = [
  'What has no place in a rule file is told on stderr as FILE:LINE: message; "(changes decisions)" follows where some',
  'request will be answered otherwise than before.',
  'Exit codes: 0 carried over, 2 something that changes decisions was not, 64 wrong command line, 65 FILE is no such',
  'configuration, 66 it cannot be read.',
].join('\n');

function formatLines(): string {
  return Object.entries<ImportFormat>(importFormats)
    .map(([name, { product, input }]) => `  ${name.padEnd(12)} ${product}: ${input}`)
    .join('\n');
}
