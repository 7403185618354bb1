/** How an entry that is text is laid down in numbers: `TEXT_WORDS` of them, of which the first two are the table's key. */
export const TEXT_WORDS = 4;
/** Where its folded text begins: the key of a plain one, else the glob. */
export const TEXT_KEY = 0;
/** How many bytes that has. */
export const TEXT_KEY_LENGTH = 1;
/** Where the text as it was written begins. */
export const TEXT_WRITTEN = 2;
/** How many bytes that has. */
export const TEXT_WRITTEN_LENGTH = 3;
