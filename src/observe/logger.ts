import pino from 'pino';
import type { LogLevel } from '../model/log-level.js';

/** What a line says beside event and message. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Writes one line of the level that it is named after. */
export type WriteLine = (event: string, message: string, fields?: LogFields) => void;

/** Writes one JSON object a line. `event` is what scripts look for, the message is for people. */
export type Logger = Readonly<Record<LogLevel, WriteLine>> & {
  /** A line of level `info` that is written at every level: scripts wait for it. */
  readonly announce: WriteLine;
};

/** Where lines go, each with its line break. */
export interface LogDestination {
  write(line: string): void;
}

/**
 * A logger for the process's stdout, or for `destination`.
 *
 * Lines look like `{"level":"info","time":"2026-11-22T08:00:00.000Z","event":"ready","msg":"…"}`; a field `err` is
 * written with its type, message and stack. There is no `pid` and no host name but where a caller gives them: what
 * collects logs adds its own, and a key that is there twice is read differently by different programs.
 *
 * @param fields - stand in every line
 */
export function createLogger(
  level: LogLevel,
  destination: LogDestination = standardOutput(),
  fields: LogFields | null = null,
): Logger {
  const log = pino(
    {
      level,
      base: fields,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  const lines =
    (name: LogLevel): WriteLine =>
    (event, message, fields) =>
      log[name]({ event, ...fields }, message);
  const announcer = log.child({}, { level: 'info' });
  return {
    announce: (event, message, fields) => announcer.info({ event, ...fields }, message),
    trace: lines('trace'),
    debug: lines('debug'),
    info: lines('info'),
    warn: lines('warn'),
    error: lines('error'),
    fatal: lines('fatal'),
  };
}

/**
 * Written at once: a line is out before the call returns, so none is lost however the process ends. No line is written
 * for an ordinary request, so that costs nothing where it matters.
 */
export function standardOutput(): LogDestination {
  const destination = pino.destination({ fd: 1, sync: true });
  // A reader of our log that went away (EPIPE) is no reason to stop answering proxies.
  destination.on('error', () => undefined);
  return destination;
}
