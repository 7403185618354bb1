import { loadPreset, type Preset } from '../rules/presets/load-preset.js';
import { PRESET_NAMES, type PresetName } from '../rules/presets/preset-names.js';
import { exitCodes } from './exit-codes.js';

/** The flags of `refgate presets`. */
export interface PresetsOptions {
  readonly format: 'text' | 'json';
}

/** `refgate presets [NAME]`: all presets with their counts, or one with its entries. */
export async function presets(name: string | undefined, { format }: PresetsOptions): Promise<number> {
  if (name === undefined) {
    const all = await Promise.all(PRESET_NAMES.map(summaryOf));
    console.log(format === 'json' ? inJson(all) : all.map(inOneLine).join('\n'));
    return exitCodes.ok;
  }
  const known = PRESET_NAMES.find((preset) => preset === name);
  if (known === undefined) {
    console.error(`error: no preset "${name}"; there are ${PRESET_NAMES.join(', ')}`);
    return exitCodes.usage;
  }
  const preset = await loadPreset(known);
  console.log(format === 'json' ? inJson(inFull(known, preset)) : asListFile(preset));
  return exitCodes.ok;
}

interface Summary {
  readonly name: PresetName;
  readonly entries: number;
  readonly description: string;
}

async function summaryOf(name: PresetName): Promise<Summary> {
  const { description, groups } = await loadPreset(name);
  return { name, entries: groups.reduce((sum, { entries }) => sum + entries.length, 0), description };
}

const longestName = Math.max(...PRESET_NAMES.map((name) => name.length));

function inOneLine({ name, entries, description }: Summary): string {
  return `${name.padEnd(longestName)}  ${String(entries).padStart(4)} entries  ${description}`;
}

function inFull(name: PresetName, { description, groups }: Preset) {
  const entries = groups.flatMap(({ why, source, entries: group }) => group.map((entry) => ({ entry, why, source })));
  return { name, description, entries };
}

/** What a list file would say, so that an operator who wants another list can begin with this one. */
function asListFile({ description, groups }: Preset): string {
  const parts = groups.map(({ why, source, entries }) => [`# ${why}`, `# ${source}`, ...entries].join('\n'));
  return [`# ${description}`, ...parts].join('\n\n');
}

function inJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
