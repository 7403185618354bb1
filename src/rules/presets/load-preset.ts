import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import type { PresetName } from './preset-names.js';

/** Entries that are in a preset for one reason. */
export interface PresetGroup {
  /** Which pages or apps send such a Referer. */
  readonly why: string;
  /** URL of the document that says so. */
  readonly source: string;
  /** Entries of the host dialect, always read as with `exact: true`: a preset means the same in every policy. */
  readonly entries: readonly string[];
}

/** A list of entries that ships with refgate. */
export interface Preset {
  readonly description: string;
  readonly groups: readonly PresetGroup[];
}

const presetSchema = z.strictObject({
  description: z.string(),
  groups: z.array(z.strictObject({ why: z.string(), source: z.url(), entries: z.array(z.string()) })),
});

const loaded = new Map<PresetName, Promise<Preset>>();

/** A preset, read once a process: it is part of the build. Rejects where the build lacks it. */
export function loadPreset(name: PresetName): Promise<Preset> {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const preset = readPreset(name);
  loaded.set(name, preset);
  return preset;
}

async function readPreset(name: PresetName): Promise<Preset> {
  const file = new URL(`./${name}.yaml`, import.meta.url);
  return presetSchema.parse(parse(await readFile(file, 'utf8')));
}
