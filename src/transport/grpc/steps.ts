/** Takes all steps at once; returns what comes of them. */
export function lastOf<T>(steps: Generator<undefined, T, undefined>): T {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}
