import { createInterface } from 'node:readline';
import { manageRules, put } from './managed-rules.js';

/**
 * A process that writes policies: it says `ready`, and then the outcome of each policy that comes as a line of JSON, in
 * the order in which they are known. What hinders it is said as `{ hindrance: … }`, at the start and with each outcome.
 *
 * Started as `node managed-writer.js DIR`.
 */
const { policies } = await manageRules(process.argv[2] ?? '', {
  onUnwritable: (problem) => console.log(JSON.stringify({ hindrance: problem })),
});
console.log(JSON.stringify('ready'));
createInterface({ input: process.stdin }).on('line', (line) => {
  const policy = JSON.parse(line);
  void policies.change(put(policy)).then(({ kind, ...rest }) => {
    console.log(JSON.stringify({ policy: policy.name, description: policy.description, kind, ...rest }));
  });
});
