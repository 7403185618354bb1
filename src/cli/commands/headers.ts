import { Command } from 'commander';
import type { HeadersOptions } from '../headers.js';
import type { RunCommand } from './command-runner.js';
import { formatOption } from './options.js';

/** The words of `refgate headers`. */
export function headersCommand(run: RunCommand): Command {
  return new Command('headers')
    .description('print the request headers that the policies of a folder read, as the lists that proxies are given')
    .argument('<DIR>', 'folder of rule files')
    .addOption(formatOption())
    .addHelpText(
      'after',
      '\nA header that the proxy does not send is absent to every condition, and none of them says so. The text is YAML: a' +
        '\ndocument each for Envoy, Istio and Envoy Gateway. Exit codes: 65 bad rules, 66 the folder cannot be read.',
    )
    .action((dir: string, options: HeadersOptions) =>
      run(async () => (await import('../headers.js')).headers(dir, options)),
    );
}
