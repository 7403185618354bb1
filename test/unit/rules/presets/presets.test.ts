import { expect } from 'chai';
import type { HostPattern } from '#refgate/model/entry.js';
import { parseEntry } from '#refgate/referer/parse-entry.js';
import { coversPublicSuffix } from '#refgate/rules/lint/public-suffix.js';
import { loadPreset, type PresetGroup } from '#refgate/rules/presets/load-preset.js';
import { PRESET_NAMES } from '#refgate/rules/presets/preset-names.js';

/** As presets are read: an entry covers itself alone. */
function hostOf(entry: string): HostPattern {
  const parsed = parseEntry(entry, { exact: true });
  if ('problem' in parsed) throw new Error(`${entry}: ${parsed.problem}`);
  return parsed.host;
}

/** Whether names that strangers may register, or already have, are covered: all of a suffix, or one of many. */
function coversStrangers(host: HostPattern): boolean {
  return host.kind !== 'name' || coversPublicSuffix({ written: '', host });
}

const entriesOf = (groups: readonly PresetGroup[]) => groups.flatMap(({ entries }) => entries);

describe('presets', () => {
  it('are checked by a test that knows what covers too much', () => {
    const tooMuch = ['*.com', '.co.uk', '**.github.io', '*.translate.goog', 'google.**', 'www.google.*', '**', '*'];
    for (const entry of tooMuch) expect(coversStrangers(hostOf(entry)), entry).to.equal(true);
    for (const entry of ['github.io', 'www.google.de', '*.example.com'])
      expect(coversStrangers(hostOf(entry)), entry).to.equal(false);
  });

  for (const name of PRESET_NAMES) {
    describe(name, () => {
      let groups: readonly PresetGroup[];
      before(async () => {
        ({ groups } = await loadPreset(name));
      });

      it('holds at least ten entries, each once and in order within its group', () => {
        const entries = entriesOf(groups);
        expect(entries).to.have.length.at.least(10);
        expect(new Set(entries).size).to.equal(entries.length);
        const inOrder = (group: PresetGroup) => group.entries.toSorted((a, b) => (a < b ? -1 : 1));
        for (const group of groups) expect(group.entries).to.deep.equal(inOrder(group));
      });

      it('says of each entry why it is there and where that is from', () => {
        for (const { why, source, entries } of groups) {
          expect(entries, why).to.not.be.empty;
          expect(why.trim()).to.equal(why).and.not.equal('');
          expect(source).to.match(/^https:\/\/[^/]+\//);
        }
      });

      it('covers no public suffix, of registries or of hosting, and no name by a wildcard within a label', () => {
        for (const entry of entriesOf(groups)) expect(coversStrangers(hostOf(entry)), entry).to.equal(false);
      });
    });
  }

  it('know Google by every country domain that it publishes, and by no other', async () => {
    const { groups } = await loadPreset('search-engines');
    const google = groups.find(({ source }) => source === 'https://www.google.com/supported_domains')?.entries ?? [];
    expect(google).to.have.length(187);
    for (const entry of google) expect(entry).to.match(/^www\.google\.(?:com?\.)?[a-z]{2,3}$/);
    expect(google).to.include.members(['www.google.com', 'www.google.ad', 'www.google.co.uk', 'www.google.com.tr']);
  });
});
