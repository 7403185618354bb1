/**
 * How an entry of a list is laid down in numbers: `ENTRY_WORDS` of them, of which the first two are those of the key
 * table's record, where the name begins and how long it is. Four fill a quarter of a line of the processor's cache; with
 * five, every fourth record would lie in two lines.
 */
export const ENTRY_WORDS = 4;
/** From the left: how far before the name the text begins, how many bytes the text has, and flags. */
export const ENTRY_FLAGS = 2;
/** The next entry of the chain. */
export const ENTRY_NEXT = 3;

/** Above every entry; a small integer, so that V8 makes no heap number of it. */
export const NO_ENTRY = 0x7fffffff;

/** The flags in the low bits of the flags' word. The first three say how far below its name an entry reaches. */
export const COVERS_SELF = 1;
/** Hosts with exactly one label more. */
export const COVERS_ONE_BELOW = 2;
/** Hosts with more than one label more. */
export const COVERS_DEEPER = 4;
/** The entry has a row among the conditions. */
export const HAS_CONDITIONS = 8;
/** For the first entry of a chain: `paths` has more entries of its name. */
export const HAS_PATHS = 16;
/** For the first entry of a chain: names below its name have entries, so that longer suffixes are worth a look. */
export const HAS_NAMES_BELOW = 32;
/** How many bits the flags take. */
export const FLAG_BITS = 6;
/** How many bits the length of the text takes, and what is left to how far before the name it begins. */
export const LENGTH_BITS = 13;
/** The longest text: twice that of a pattern's limit. */
export const LONGEST_TEXT = 2 ** LENGTH_BITS - 1;
