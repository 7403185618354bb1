/**
 * How a host that policies name, or a block of addresses, is laid down in numbers: `HOST_WORDS` of them, which fill a
 * line of the processor's cache. The first two are those of the key table's record, where the name begins and how long
 * it is.
 *
 * A list of positions is two numbers: where it begins among the positions, and how many they are. Of one position the
 * first number is that position itself.
 */
export const HOST_WORDS = 16;
/** The nearest named host, or block, above this one; `NO_HOST` if there is none. */
export const HOST_PARENT = 2;
/** How far below that it is: a `Depth`. */
export const HOST_DEPTH = 3;
/** By depth, the list of the policies that name this host. */
export const HOST_OWN = 4;
/** By depth, the list of all policies: the own ones, those of every host above, and those for every host. */
export const HOST_UNITED = 10;

/** In place of a host. */
export const NO_HOST = 0xffffffff;
/** In place of the length of a united list that would be too long to be made in advance. */
export const NOT_UNITED = 0xffffffff;
