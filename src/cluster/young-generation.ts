/**
 * V8's flags for worker processes, in MiB of one half of the young generation. All that a Check leaves behind is dead when
 * it is answered; with V8's own (1 to 16 MiB in Node 20 and 22) the collector comes so often that it meets requests in
 * flight and copies them.
 */
export const youngGenerationFlags: readonly string[] = ['--max-semi-space-size=32', '--min-semi-space-size=16'];

/** As V8 reads them: `--max_semi_space_size` is the same flag. */
const semiSpaceFlag = /--(?:max|min)[-_]semi[-_]space[-_]size\b/;

/**
 * The flags of Node for a process of our own: those of this one, and ours where the operator has not chosen a young
 * generation.
 *
 * @param inherited `process.execArgv`
 * @param nodeOptions `NODE_OPTIONS`, which the new process inherits and which weighs less than flags
 */
export function withYoungGeneration(inherited: readonly string[], nodeOptions = ''): string[] {
  const isChosen = [...inherited, nodeOptions].some((flags) => semiSpaceFlag.test(flags));
  return isChosen ? [...inherited] : [...inherited, ...youngGenerationFlags];
}
