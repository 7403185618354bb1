import type { ReloadEvent } from '../model/reload-event.js';

/** How often a folder that is never at rest is loaded before the start gives up: some seconds each. */
const LOADS = 10;

/**
 * The first load of the service. There are no rules to fall back on yet, so a folder that somebody is writing to is
 * loaded again until it comes to rest, where a reload would leave it at the rules in force.
 */
export async function firstLoad(
  load: () => Promise<ReloadEvent>,
  /** Whether the last load failed for nothing but that. */
  isChanging: () => boolean,
): Promise<ReloadEvent> {
  let event = await load();
  for (let loads = 1; event.kind === 'rejected' && isChanging() && loads < LOADS; loads++) event = await load();
  return event;
}
