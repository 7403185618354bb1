/** Exit codes of every command; the numbers above 1 are those of BSD's sysexits.h. */
export const exitCodes = {
  ok: 0,
  /** The service could not start or go on: a port in use, no good rules. */
  failure: 1,
  /** A check was carried out, and came out otherwise than expected. */
  different: 1,
  /** `import`: the rules are written, but something that changes decisions could not be carried over. */
  incomplete: 2,
  /** EX_USAGE: the command line is wrong. */
  usage: 64,
  /** EX_DATAERR: the rule files are wrong. */
  badRules: 65,
  /** EX_DATAERR too: another file that a command was given is not what it has to be. */
  badInput: 65,
  /** EX_NOINPUT: a file or folder that the command needs cannot be read. */
  unreadable: 66,
} as const;
