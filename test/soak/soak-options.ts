/** What a soak runs by. */
export interface SoakOptions {
  /** How long faults are begun for. */
  readonly seconds: number;
  /** The names of the only faults; `undefined`: all. */
  readonly faults: readonly string[] | undefined;
}

/** Options from the environment. Throws on a duration that is none. */
export function soakOptions(environment: Readonly<Record<string, string | undefined>>): SoakOptions {
  const seconds = Number(environment['REFGATE_SOAK_SECONDS'] ?? '120');
  if (!(seconds > 0)) throw new RangeError('REFGATE_SOAK_SECONDS (--seconds) is no number of seconds above 0');
  return { seconds, faults: environment['REFGATE_SOAK_FAULTS']?.split(',') };
}
