/** Bytes of a request's body that are read, whichever API it is for. What is longer is refused. */
export const LONGEST_BODY = 1024 * 1024;
