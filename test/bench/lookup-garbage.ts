import { writeSync } from 'node:fs';
import { EntryIndex } from '#refgate/match/entry-index.js';
import { EntryIndexBuilder } from '#refgate/match/entry-index-builder.js';
import { NO_ENTRY } from '#refgate/match/entry-record.js';
import type { RefererUrl } from '#refgate/model/referer-url.js';
import { Prng } from '../support/prng.js';
import { siteEntry, siteName } from './support/names.js';

const NAMES = 1_000_000;
const LOOKUPS = 10_000_000;
const REFERERS = 20_000;

const random = new Prng(1);
const builder = new EntryIndexBuilder();
const listed: RefererUrl[] = [];
for (let number = 0; number < NAMES; number++) {
  const name = siteName(random, number);
  builder.add(siteEntry(random, name));
  if (number % (NAMES / REFERERS) === 0) listed.push(referer(`www.${name}`));
}
const index = new EntryIndex(builder.buildData());
const unlisted = Array.from({ length: REFERERS }, (_, number) => referer(`www.no${siteName(random, number)}`));

const kinds: Readonly<Record<string, (at: number) => boolean>> = {
  'not listed': (at) => index.find(unlisted[at] as RefererUrl) === undefined,
  'listed, by number': (at) => index.first(listed[at] as RefererUrl) !== NO_ENTRY,
  "listed, with the entry's text": (at) => index.find(listed[at] as RefererUrl) !== undefined,
};

for (const [kind, look] of Object.entries(kinds)) {
  // So that what the compiler leaves behind is not counted.
  run(look, LOOKUPS / 10);
  writeSync(1, `begin ${kind}\n`);
  run(look, LOOKUPS);
  writeSync(1, `end ${kind}\n`);
}

function run(look: (at: number) => boolean, times: number): void {
  let right = 0;
  for (let lookup = 0; lookup < times; lookup++) if (look(lookup % REFERERS)) right++;
  if (right !== times) throw new Error(`${times - right} look-ups of ${times} are wrong`);
}

function referer(host: string): RefererUrl {
  return { scheme: 'https', host: Buffer.from(host).toString(), port: 443, path: '/', sent: `https://${host}/` };
}
