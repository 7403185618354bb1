import { readIpv4 } from './read-ipv4.js';

const COLON = 58; /* ':' */
const GROUPS = 8;

/** Groups in the order of the text; the gap of `::` is filled when all are known. */
const read = new Uint16Array(GROUPS);

/** Reads the forms of RFC 4291 §2.2, a dotted IPv4 tail included, into eight groups; false for any other text. */
export function readIpv6(text: string, from: number, to: number, groups: Uint16Array): boolean {
  let count = 0;
  let gap = -1;
  let i = from;
  if (isGap(text, i, to)) {
    gap = 0;
    i += 2;
  }
  while (i < to) {
    const end = groupEnd(text, i, to);
    const taken = readGroup(text, i, end, count);
    if (taken === 0 || (taken === 2 && end < to)) return false;
    count += taken;
    if (isGap(text, end, to)) {
      if (gap >= 0) return false;
      gap = count;
      i = end + 2;
    } else {
      if (end + 1 === to) return false; // a colon that separates nothing
      i = end + 1;
    }
  }
  if (gap < 0 ? count !== GROUPS : count >= GROUPS) return false;
  spread(count, gap, groups);
  return true;
}

function isGap(text: string, at: number, to: number): boolean {
  return at + 1 < to && text.charCodeAt(at) === COLON && text.charCodeAt(at + 1) === COLON;
}

function groupEnd(text: string, from: number, to: number): number {
  let end = from;
  while (end < to && text.charCodeAt(end) !== COLON) end++;
  return end;
}

/** Reads one hexadecimal group, or four decimal numbers as two groups; returns how many groups, 0 for neither. */
function readGroup(text: string, from: number, to: number, at: number): 0 | 1 | 2 {
  const value = readHex(text, from, to);
  if (value >= 0 && at < GROUPS) {
    read[at] = value;
    return 1;
  }
  const tail = at <= GROUPS - 2 ? readIpv4(text, from, to) : -1;
  if (tail < 0) return 0;
  read[at] = tail >>> 16;
  read[at + 1] = tail & 0xffff;
  return 2;
}

/** One to four hexadecimal digits, else -1. */
function readHex(text: string, from: number, to: number): number {
  if (to - from < 1 || to - from > 4) return -1;
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = hexDigit(text.charCodeAt(i));
    if (digit < 0) return -1;
    value = 16 * value + digit;
  }
  return value;
}

function hexDigit(code: number): number {
  if (code >= 48 /* '0' */ && code <= 57 /* '9' */) return code - 48;
  const letter = code | 32; // lower case
  return letter >= 97 /* 'a' */ && letter <= 102 /* 'f' */ ? letter - 87 : -1;
}

/** Puts the groups that were read on both sides of the gap. */
function spread(count: number, gap: number, groups: Uint16Array): void {
  const before = gap < 0 ? count : gap;
  groups.fill(0);
  for (let at = 0; at < count; at++) {
    groups[at < before ? at : at + GROUPS - count] = read[at] as number;
  }
}
