import { eventually } from '../../support/eventually.js';
import { logged } from '../../support/logged.js';
import type { Scene } from '../scene/scene.js';

/** Waits until every instance decides by rules that were written after this was called. */
export async function untilLaterRules({ world: { rules } }: Scene): Promise<void> {
  const now = rules.begun;
  await eventually(
    () => Promise.resolve(rules.reached()),
    (state) => state > now,
  );
}

/** Does something, and waits until both instances have logged after it that the rules cannot be loaded. */
export async function untilRejected({ steady, restless }: Scene, act: () => void): Promise<void> {
  const lines = [steady, restless].map(({ process }) => ({ process, from: process.lines.length }));
  act();
  await Promise.all(lines.map(({ process, from }) => logged(process, 'rules_rejected', from)));
}

/** Waits until a number of the report has grown. */
export async function untilMore({ counts }: Scene, what: string): Promise<void> {
  const before = counts.get(what) ?? 0;
  await eventually(
    () => Promise.resolve(counts.get(what) ?? 0),
    (now) => now > before,
  );
}
