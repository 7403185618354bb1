import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks again until the answer is what is waited for. For states that no event tells of, such as "the proxy's health
 * check has seen it"; the test's own time limit is the bound.
 */
export async function eventually<T>(ask: () => Promise<T>, isIt: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isIt(answer)) return answer;
    await pause(50);
  }
}
