/** What a policy may be called. It is a file's name too where policies are written by API. */
export const POLICY_NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** The same in words, after "expected". */
export const POLICY_NAME_FORM = 'at most 64 characters of a-z, 0-9, ".", "_" and "-", the first a letter or a digit';
