import { setImmediate } from 'node:timers/promises';

/** Items between two turns of the event loop: a millisecond or two, in which requests wait. */
const ITEMS_PER_TURN = 100;

/** Looks at each item in order, and lets requests be answered meanwhile: there may be 100,000. */
export async function inTurns<T>(items: readonly T[], visit: (item: T, index: number) => void): Promise<void> {
  for (const [index, item] of items.entries()) {
    if (index % ITEMS_PER_TURN === ITEMS_PER_TURN - 1) await setImmediate();
    visit(item, index);
  }
}
