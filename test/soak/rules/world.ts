import { type ManagedName, managedNames } from './managed-policies.js';
import { FIRST_STATE } from './rule-states.js';
import { Timeline } from './timeline.js';

/** Everything that answers depend on. */
export interface World {
  /** The rule folder, but for what is managed. */
  readonly rules: Timeline;
  /** The versions of each managed policy. */
  readonly managed: Readonly<Record<ManagedName, Timeline>>;
}

/** A world that is as every instance finds it at its start. */
export function firstWorld(instances: readonly string[]): World {
  const managed = Object.fromEntries(managedNames.map((name) => [name, new Timeline(instances, 0)]));
  return { rules: new Timeline(instances, FIRST_STATE), managed: managed as Record<ManagedName, Timeline> };
}

/** All timelines of a world. */
export function timelines({ rules, managed }: World): Timeline[] {
  return [rules, ...Object.values(managed)];
}
