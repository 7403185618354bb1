/** The lists of entries that ship with refgate; each is a file of this folder. */
export const PRESET_NAMES = ['search-engines', 'social', 'translators-and-archives', 'mini-programs'] as const;

/** What `{ preset: … }` may name. */
export type PresetName = (typeof PRESET_NAMES)[number];
