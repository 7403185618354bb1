const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Apache httpd's `%t` has the brackets in it. */
const common = /^\[?(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)\]?$/;
const iso = /^\d{4}-\d\d-\d\dT[\d:.]{5,20}(?:Z|[+-]\d\d:?\d\d)$/;
const epoch = /^\d{9,13}(?:\.\d{1,9})?$/;

/** Epoch times from here on are in milliseconds: as seconds they would be after the year 5000. */
const leastMilliseconds = 1e11;

/**
 * When a line was written, in milliseconds since 1970: `17/May/2015:10:05:03 +0000` (the Common Log Format), ISO 8601,
 * or seconds or milliseconds since 1970. `undefined` for any other text.
 */
export function parseLogTime(text: string): number | undefined {
  const parts = common.exec(text);
  if (parts !== null) return commonTime(parts);
  if (epoch.test(text)) {
    const number = Number(text);
    return number < leastMilliseconds ? number * 1000 : number;
  }
  const time = iso.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** Reads the times of lines in the order of a log, where many have the same. */
export class LogClock {
  #text = '';
  #time: number | undefined;

  read(text: string): number | undefined {
    if (text !== this.#text) {
      this.#text = text;
      this.#time = parseLogTime(text);
    }
    return this.#time;
  }
}

function commonTime(parts: RegExpExecArray): number | undefined {
  const month = months.indexOf(parts[2] ?? '');
  if (month < 0) return undefined;
  const [day, year, hour, minute, second] = [parts[1], parts[3], parts[4], parts[5], parts[6]].map(Number);
  const offset = (Number(parts[8]) * 60 + Number(parts[9])) * (parts[7] === '-' ? -1 : 1);
  return Date.UTC(year ?? 0, month, day, hour, (minute ?? 0) - offset, second);
}
