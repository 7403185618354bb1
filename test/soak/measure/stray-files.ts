import { readdirSync } from 'node:fs';
import { firstManagedFile, managedNames } from '../rules/managed-policies.js';
import { firstFiles } from '../rules/rule-states.js';
import type { Scene } from '../scene/scene.js';
import { temporaryFolder } from '../scene/start-scene.js';

/**
 * Files that nobody but refgate can have left: in the rule folder, in that for temporary files, and in shared memory,
 * beside what was there before.
 */
export function strayFiles({ dir }: Scene, before: readonly string[]): string[] {
  const ours = [...Object.keys(firstFiles()), ...managedNames.map((name) => firstManagedFile(name)[0])];
  const stray = dir.list().filter((file) => !ours.includes(file));
  const temporary = readdirSync(temporaryFolder(dir), { recursive: true }).map(String);
  return [...stray, ...temporary, ...inSharedMemory().filter((name) => !before.includes(name))];
}

/**
 * What lies in shared memory; libfaketime's own is its own affair. Nothing outside of CI, where others may run a refgate
 * of theirs on the same machine, with folders whose names tell nobody's.
 */
export function inSharedMemory(): string[] {
  if (process.env['CI'] !== 'true') return [];
  return readdirSync('/dev/shm').filter((name) => !name.includes('faketime'));
}
