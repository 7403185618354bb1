import { symlinkSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type LoadOptions, loadRules } from '#refgate/rules/load.js';
import { linesOf, useFolder } from '../../../support/loaded-folder.js';
import { fromRoot } from '../../../support/paths.js';
import { writeFiles } from '../../../support/rules-dir.js';

const policyOf = (bots: string, rest = '') =>
  `policies: [{ name: a, referer: { allow: [a.example] }, exempt: { verifiedBots: [${bots}] }${rest} }]\n`;
const rangesOf = (...prefixes: readonly string[]) =>
  JSON.stringify({ creationTime: '2026-01-01T00:00:00', prefixes: prefixes.map((ipv4Prefix) => ({ ipv4Prefix })) });

describe('the ranges of bots', () => {
  const folder = useFolder();
  const bots = () => join(folder(), 'bots');

  async function load(files: Readonly<Record<string, string>>, policies: string, options: LoadOptions = {}) {
    writeFiles(bots(), { 'README.md': 'none of ours', ...files });
    writeFiles(join(folder(), 'rules'), { 'a.yaml': policies });
    const result = await loadRules(join(folder(), 'rules'), { botRanges: bots(), ...options });
    return { result, lines: linesOf(result, folder()) };
  }

  it('are those of the file that is named after the bot', async () => {
    const { result, lines } = await load(
      { 'googlebot.json': rangesOf('192.0.2.0/28', '198.51.100.7'), 'other-bot_2.json': rangesOf('203.0.113.0/24') },
      policyOf('googlebot, other-bot_2'),
    );
    expect(lines).to.deep.equal([]);
    const known = result.ok ? (result.rules.policies[0]?.exempt.verifiedBots ?? []) : [];
    expect(known.map(({ name }) => name)).to.deep.equal(['googlebot', 'other-bot_2']);
    const inRange = (address: string) => known.map(({ ranges }) => ranges.has(address));
    expect(inRange('192.0.2.15')).to.deep.equal([true, false]);
    expect(inRange('198.51.100.7')).to.deep.equal([true, false]);
    expect(inRange('203.0.113.9')).to.deep.equal([false, true]);
    expect(inRange('192.0.2.16')).to.deep.equal([false, false]);
  });

  it('are read from files in the published form', async () => {
    const result = await loadRules(fromRoot('deploy/rules'), { botRanges: fromRoot('test/fixtures/bot-ranges') });
    expect(linesOf(result, folder())).to.deep.equal([]);
  });

  it('add the user agent to what the answer varies by', async () => {
    const { result } = await load({ 'googlebot.json': rangesOf('192.0.2.0/28') }, policyOf('googlebot'));
    expect(result.ok && result.rules.policies[0]?.headersRead).to.deep.equal(['referer', 'user-agent']);
    const { result: without } = await load({}, policyOf(''));
    expect(without.ok && without.rules.policies[0]?.headersRead).to.deep.equal(['referer']);
  });

  it('may come with keys that publishers add', async () => {
    const file = JSON.stringify({
      formatVersion: '1.0',
      synctoken: 'x',
      notes: ['anything'],
      prefixes: [{ ipv4Prefix: '192.0.2.0/28', ipv6Prefix: '2001:db8::/32', service: 'x' }],
    });
    const { result, lines } = await load({ 'googlebot.json': file }, policyOf('googlebot'));
    expect(lines).to.deep.equal([]);
    const ranges = result.ok ? result.rules.policies[0]?.exempt.verifiedBots?.[0]?.ranges : undefined;
    expect([ranges?.has('192.0.2.1'), ranges?.has('2001:db8::1')]).to.deep.equal([true, true]);
  });

  it('are missed with a warning at the name of the bot, unless it is silenced', async () => {
    const advice =
      'so this bot is never verified; put the file there that its operator publishes, or silence bot-ranges-missing';
    const files = { 'emptybot.json': '{ "prefixes": [] }' };
    const { result, lines } = await load(files, policyOf('googlebot, emptybot'));
    expect(lines).to.deep.equal([
      `rules/a.yaml:1:81: policies[0].exempt.verifiedBots[0]: googlebot.json is not in the directory of --bot-ranges, ${advice}`,
      `rules/a.yaml:1:92: policies[0].exempt.verifiedBots[1]: emptybot.json holds no address range, ${advice}`,
    ]);
    expect(result.ok && result.warnings.map(({ code }) => code)).to.deep.equal([
      'bot-ranges-missing',
      'bot-ranges-missing',
    ]);
    expect(result.ok && result.rules.policies[0]?.exempt.verifiedBots).to.deep.equal([]);
    expect((await load(files, policyOf('googlebot', ', silence: [bot-ranges-missing]'))).lines).to.deep.equal([]);
    expect((await load(files, policyOf('googlebot'), { botRanges: undefined })).lines).to.have.length(1);
  });

  describe('refuse', () => {
    const first = '{ "prefixes": [';
    const mistakes: readonly [content: string, error: string][] = [
      ['', ':1:1: the file is empty; expected "prefixes" and a list'],
      ['{}', ':1:1: prefixes: required key is missing; expected a list'],
      ['[]', ':1:1: expected a mapping with the key "prefixes", got a list'],
      ['<html></html>', ':1:1: expected a mapping with the key "prefixes", got the text "<html></html>"'],
      ['{ "prefixes": "66.249.64.0/27" }', ':1:15: prefixes: expected a list, got the text "66.249.64.0/27"'],
      ['{ "prefixes": null }', ':1:15: prefixes: expected a list, got nothing'],
      [
        `${first}"66.249.64.0/27"] }`,
        ':1:16: prefixes[0]: expected a mapping with "ipv4Prefix" or "ipv6Prefix", got the text "66.249.64.0/27"',
      ],
      [
        `${first}{ "ip_prefix": "66.249.64.0/27" }] }`,
        ':1:16: prefixes[0]: expected "ipv4Prefix" or "ipv6Prefix" in this mapping',
      ],
      [
        `${first}\n  { "ipv4Prefix": "66.249.64.0/27" },\n  { "ipv4Prefix": "66.249.64.0/33" }] }`,
        ':3:19: prefixes[1].ipv4Prefix: expected an address range such as 66.249.64.0/27, got "66.249.64.0/33"',
      ],
      [
        `${first}{ "ipv4Prefix": 66 }] }`,
        ':1:32: prefixes[0].ipv4Prefix: expected an address range such as 66.249.64.0/27, got the number 66',
      ],
      [
        `${first}{ "ipv4Prefix": ["66.249.64.0/27"] }] }`,
        ':1:32: prefixes[0].ipv4Prefix: expected an address range such as 66.249.64.0/27, got a list',
      ],
      [
        `${first}{ "ipv4Prefix": "2001:db8::/32" }] }`,
        ':1:32: prefixes[0].ipv4Prefix: expected an address range such as 66.249.64.0/27, got "2001:db8::/32"',
      ],
      [
        `${first}{ "ipv6Prefix": "66.249.64.0/27" }] }`,
        ':1:32: prefixes[0].ipv6Prefix: expected an address range such as 2001:4860:4801:10::/64, got "66.249.64.0/27"',
      ],
      [
        `${first}{ "ipv4Prefix": "0.0.0.0/0" }] }`,
        ':1:32: prefixes[0].ipv4Prefix: this range holds every address, so it verifies nothing',
      ],
      [
        `${first}{ "ipv6Prefix": "::/0" }] }`,
        ':1:32: prefixes[0].ipv6Prefix: this range holds every address, so it verifies nothing',
      ],
      [
        '{ "prefixes": [], "prefixes": [] }',
        ':1:19: prefixes: the key "prefixes" is already in this mapping; each key may be given once',
      ],
    ];
    for (const [content, error] of mistakes) {
      it(content === '' ? 'an empty file' : content, async () => {
        const { result, lines } = await load({ 'googlebot.json': content }, policyOf('googlebot'));
        expect(lines).to.deep.equal([`bots/googlebot.json${error}`]);
        expect(result.ok || result.reason).to.equal('invalid');
      });
    }

    it('JSON that is cut off, with the place where it ends', async () => {
      const { lines } = await load({ 'googlebot.json': rangesOf('192.0.2.0/28').slice(0, -9) }, policyOf('googlebot'));
      expect(lines.join()).to.match(/^bots\/googlebot\.json:1:\d+: not readable as YAML: /);
    });

    it("a name that is no bot's, and leave other files and folders alone", async () => {
      const { lines } = await load(
        { 'Googlebot.json': '{}', 'googlebot.json.part': '{', 'old/googlebot.json': '{', '.x.json': '{' },
        policyOf(''),
      );
      expect(lines).to.deep.equal([
        'bots/Googlebot.json:1:1: expected a bot\'s name before ".json", of a-z, 0-9, "_" and "-": as in googlebot.json',
      ]);
    });

    it('a link that leads nowhere', async () => {
      writeFiles(bots(), {});
      await load({}, policyOf(''));
      symlinkSync('nowhere', join(bots(), 'googlebot.json'));
      expect((await load({}, policyOf('googlebot'))).lines).to.deep.equal([
        'bots/googlebot.json:1:1: the file of bot ranges cannot be read: no such file or directory (ENOENT)',
      ]);
    });

    it('a file that is too large, and too many ranges', async () => {
      await load({ 'googlebot.json': '' }, policyOf(''));
      truncateSync(join(bots(), 'googlebot.json'), 100_000_000);
      expect((await load({}, policyOf(''))).lines).to.deep.equal([
        'bots/googlebot.json:1:1: the file of bot ranges is too large: 100,000,000 bytes, at most 16 MiB are allowed',
      ]);
      const files = { 'googlebot.json': rangesOf('192.0.2.0/32', '192.0.2.1/32', '192.0.2.2/32', '192.0.2.3/32') };
      expect((await load(files, policyOf(''), { limits: { botRanges: 2 } })).lines).to.deep.equal([
        'bots/googlebot.json:1:111: prefixes[2]: more than 2 ranges of one bot',
      ]);
      expect((await load(files, policyOf(''), { limits: { listItems: 3 } })).lines).to.deep.equal([]);
    });

    it('a directory that is not there', async () => {
      const { result, lines } = await load({}, policyOf(''), { botRanges: join(folder(), 'nowhere') });
      expect(lines).to.deep.equal([
        'nowhere:1:1: the directory of bot ranges cannot be read: no such file or directory (ENOENT)',
      ]);
      expect(result.ok || result.reason).to.equal('unreadable');
    });

    it('mistakes in rules and in ranges together', async () => {
      const { lines } = await load({ 'googlebot.json': '{}' }, 'policies: 1\n');
      expect(lines.map((line) => line.split(':')[0])).to.deep.equal(['bots/googlebot.json', 'rules/a.yaml']);
    });
  });

  it('take 20,000 in one file', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}/32`);
    const { result, lines } = await load({ 'googlebot.json': rangesOf(...many) }, policyOf('googlebot'));
    expect(lines).to.deep.equal([]);
    const ranges = result.ok ? result.rules.policies[0]?.exempt.verifiedBots?.[0]?.ranges : undefined;
    expect([ranges?.has('10.0.78.31'), ranges?.has('10.0.78.32')]).to.deep.equal([true, false]);
  });

  it('are part of the digest, with their names', async () => {
    const digest = async (files: Readonly<Record<string, string>>) => (await load(files, policyOf(''))).result.digest;
    const one = await digest({});
    const two = await digest({ 'googlebot.json': rangesOf('192.0.2.0/28') });
    const three = await digest({ 'googlebot.json': rangesOf('192.0.2.0/27') });
    expect(new Set([one, two, three]).size).to.equal(3);
    expect(await digest({ 'googlebot.json': rangesOf('192.0.2.0/28') })).to.equal(two);
  });
});
