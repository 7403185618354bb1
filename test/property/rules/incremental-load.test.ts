import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import type { RefererRules } from '#refgate/model/policy.js';
import { FolderLoader, type FolderOptions } from '#refgate/rules/load/folder-loader.js';
import type { LoadResult, UnchangedRules } from '#refgate/rules/load/load-result.js';
import { loadRules } from '#refgate/rules/load.js';
import type { Overlay } from '#refgate/rules/read/overlay.js';
import { useFolder } from '../../support/loaded-folder.js';
import { Prng, prng } from '../../support/prng.js';

const RUNS = 6;
const EDITS = 30;

/** Longer than a tick of a file system's clock, of which the loader's own, which the test makes go faster, knows nothing. */
const TICK_MS = 10;

const RULE_FILES = ['a.yaml', 'b.yaml', 'c/d.yaml', 'c/e.json', 'link.yaml'];
const LIST_FILES = ['small.txt', 'c/small.txt', 'big.txt'];

/** A load that is refused now and then for each of the limits that files share. */
const limits: NonNullable<FolderOptions['limits']> = {
  policies: 16,
  entries: 25_000,
  inlineEntries: 30,
  regexInstructions: 60,
  headerNames: 5,
  errors: 12,
};

/** A few words each, so that names are often given twice, and covers often found. */
class RandomRules {
  readonly #random: Prng;

  constructor(random: Prng) {
    this.#random = random;
  }

  file(): string {
    const random = this.#random;
    if (random.chance(0.03)) return random.pick(['', 'policies: 1\n', 'policies: [\n', 'policies: [5, {}]\n', '\0']);
    const comment = random.chance(0.3) ? `# ${random.integer(0, 9)}\n`.repeat(random.integer(1, 3)) : '';
    return `${comment}policies: [${random.list(0, 4, () => this.#policy()).join(',\n  ')}]\n`;
  }

  list(isLarge: boolean): string {
    const random = this.#random;
    const good = ['a.example', '*.b.example', '~^https://c', 'x://d.example'];
    const few = random.list(0, 3, () => (random.chance(0.04) ? 'a b' : random.pick(good)));
    if (!isLarge) return `${few.join('\n')}\n`;
    const many = Array.from({ length: 5_000 }, (_, number) => `name-${number}.example`);
    return `${[...many, ...few.slice(0, 1)].join('\n')}\n`;
  }

  #policy(): string {
    const random = this.#random;
    const name = `p${random.integer(0, 250)}`;
    const referer = random.chance(0.1) ? 'dialect: oss, ' : '';
    const match = random.chance(0.5) ? `match: { ${this.#match()} }, ` : '';
    const exempt = random.chance(0.2) ? `exempt: { verifiedBots: [${random.pick(['onebot', 'otherbot'])}] }, ` : '';
    return `{ name: ${name}, ${match}${exempt}referer: { ${referer}allow: [${this.#entries()}] } }`;
  }

  #match(): string {
    const random = this.#random;
    const hosts = `hosts: [${random.pick(['a.example', '"*.example"', 'b.example'])}]`;
    return random.chance(0.3) ? `${hosts}, headers: { x-${random.integer(0, 5)}: true }` : hosts;
  }

  #entries(): string {
    const random = this.#random;
    const entry = () =>
      random.pick([
        'a.example',
        '"*.a.example"',
        '"~^https://a"',
        'b.example',
        '{ file: small.txt }',
        '{ file: big.txt }',
      ]);
    return random.list(0, 3, entry).join(', ');
  }
}

describe('a loader that loads again', () => {
  const folder = useFolder();
  const outcomes = { good: 0, bad: 0, unchanged: 0, reused: 0 };

  for (let run = 1; run <= RUNS; run++) {
    const { seed } = run === 1 ? prng() : new Prng(run);
    it(`says what a new one says, after each of ${EDITS} edits (seed ${seed})`, async () => {
      const edited = new EditedFolder(folder(), new Prng(seed));
      for (let edits = 0; edits < EDITS; edits++) {
        await pause(TICK_MS);
        await edited.compare(outcomes);
        edited.edit();
      }
    });
  }

  it('was seen to load good rules and bad ones, to find them unchanged, and to reuse files', () => {
    for (const [kind, count] of Object.entries(outcomes)) expect(count, kind).to.be.above(0);
  });
});

/** A folder of rules and one of bot ranges under edits, and the loader that is asked again and again. */
class EditedFolder {
  readonly #random: Prng;
  readonly #texts: RandomRules;
  readonly #rules: string;
  readonly #bots: string;
  readonly #loader: FolderLoader;
  #now = 0;
  #inForce: string | undefined;
  #overlay: Overlay | undefined;

  constructor(folder: string, random: Prng) {
    this.#random = random;
    this.#texts = new RandomRules(random);
    this.#rules = join(folder, 'rules');
    this.#bots = join(folder, 'bots');
    this.#loader = new FolderLoader(this.#rules, { ...this.#options, now: () => this.#now });
    for (const name of [...RULE_FILES.slice(0, 3), ...LIST_FILES]) this.#editFile(name);
    this.#editRanges();
  }

  /** Loads with the loader and with a new one, with an overlay now and then. */
  async compare(outcomes: { good: number; bad: number; unchanged: number; reused: number }): Promise<void> {
    const random = this.#random;
    this.#now += random.integer(0, 3_000);
    const overlay = random.chance(0.3) ? new Map([['b.yaml', Buffer.from(this.#texts.file())]]) : undefined;
    this.#overlay = overlay;
    const held = overlay ? undefined : new Set<string>();
    const again = await this.#loader.load({ overlay, inForce: this.#inForce, held });
    const anew = await loadRules(this.#rules, { ...this.#options, ...(overlay && { overlay }) });
    if (again.ok && overlay === undefined) this.#inForce = again.digest;
    if ('unchanged' in again) {
      expect(anew.digest).to.equal(again.digest);
      outcomes.unchanged += 1;
      return;
    }
    expect(said(again)).to.deep.equal(said(anew));
    outcomes[anew.ok ? 'good' : 'bad'] += 1;
    outcomes.reused += again.work.files - again.work.compiled;
  }

  /** Writes what was checked, or something else, or nothing. */
  edit(): void {
    const random = this.#random;
    if (this.#overlay !== undefined && random.chance(0.7)) this.#write('b.yaml', this.#overlay.get('b.yaml') ?? '');
    else if (random.chance(0.2)) this.#editRanges();
    else if (random.chance(0.85)) this.#editFile(random.pick([...RULE_FILES, ...LIST_FILES]));
  }

  get #options(): FolderOptions {
    return { botRanges: this.#bots, limits };
  }

  #editFile(name: string): void {
    const path = join(this.#rules, name);
    const step = this.#random.integer(0, 9);
    mkdirSync(dirname(path), { recursive: true });
    if (step === 0) rmSync(path, { force: true });
    else if (name === 'link.yaml') {
      rmSync(path, { force: true });
      symlinkSync(this.#random.pick(['a.yaml', 'nowhere.yaml']), path);
    } else if (step === 1) {
      this.#write('other', this.#texts.file());
      renameSync(join(this.#rules, 'other'), path);
    } else this.#write(name, name.endsWith('.txt') ? this.#texts.list(name === 'big.txt') : this.#texts.file());
  }

  #write(name: string, text: string | Buffer): void {
    writeFileSync(join(this.#rules, name), text);
  }

  #editRanges(): void {
    const random = this.#random;
    mkdirSync(this.#bots, { recursive: true });
    const name = join(this.#bots, `${random.pick(['onebot', 'otherbot'])}.json`);
    const prefixes = random.list(0, 2, () => ({ ipv4Prefix: `192.0.2.${random.integer(0, 255)}` }));
    if (random.chance(0.2)) rmSync(name, { force: true });
    else writeFileSync(name, random.chance(0.1) ? '[]' : JSON.stringify({ prefixes }));
  }
}

/** All that is told of a load, and of its rules all but how look-ups are built, which differs by a seed of its own. */
function said(result: LoadResult | UnchangedRules): unknown {
  if ('unchanged' in result) throw new Error('unchanged');
  const { work, ...rest } = result;
  if (!rest.ok) return rest;
  const { policies, byName, hosts, entries, headersRead } = rest.rules;
  return {
    ...rest,
    rules: {
      policies: policies.map(({ referer, match, exempt, ...policy }) => ({
        ...policy,
        lists: [referer.allow?.size, referer.deny?.size],
        found: ['name-7.example', 'a.example', 'x.b.example'].map((host) => foundIn(referer, host)),
        bots: exempt.verifiedBots?.map(({ name, ranges }) => [
          name,
          Array.from({ length: 256 }, (_, i) => ranges.has(`192.0.2.${i}`)),
        ]),
        schemes: 'schemes' in referer ? referer.schemes : undefined,
        headers: match.headers?.map(({ name }) => name),
      })),
      names: [...byName].map(([name, { position }]) => [name, position]),
      hosts: ['a.example', 'b.example', 'x.example', 'other'].map((host) => Array.from(hosts.candidates(host))),
      entries,
      headersRead,
    },
  };
}

function foundIn(referer: RefererRules, host: string): string | undefined {
  const sent = `https://${host}/`;
  return referer.dialect === 'oss'
    ? referer.allow?.find(sent)
    : referer.allow?.find({ scheme: 'https', host, port: 443, path: '/', sent });
}
