import { expect } from 'chai';
import { Reloading } from '../support/reloading.js';
import { ConfigMapVolume, RulesDir } from '../support/rules-dir.js';

describe('reload: a ConfigMap mounted as a folder', () => {
  let rules: RulesDir;
  let volume: ConfigMapVolume;
  let running: Reloading;

  beforeEach(async () => {
    rules = new RulesDir();
    volume = new ConfigMapVolume(rules.path);
    volume.publish({ 'a.yaml': 'version 1', 'list.txt': 'x' });
    running = await Reloading.start(rules.path);
  });

  afterEach(async () => {
    await running.close();
    rules.dispose();
  });

  for (const old of ['keep', 'delete'] as const) {
    it(`sees every swap of ..data (old folder: ${old})`, async () => {
      for (const version of [2, 3, 4]) {
        const files = { 'a.yaml': `version ${version}`, 'list.txt': 'x' };
        volume.publish(files, old);
        await running.untilInForce(files);
      }
      expect(running.published.map(({ texts }) => texts['a.yaml'])).to.deep.equal(
        [1, 2, 3, 4].map((version) => `version ${version}`),
      );
    });

    it(`sees keys come and go (old folder: ${old})`, async () => {
      volume.publish({ 'a.yaml': 'version 2', 'b.yaml': 'b' }, old);
      await running.untilInForce({ 'a.yaml': 'version 2', 'b.yaml': 'b' });
      volume.publish({ 'b.yaml': 'b' }, old);
      await running.untilInForce({ 'b.yaml': 'b' });
    });
  }

  it('sees swaps that follow one another without a pause', async () => {
    for (let version = 2; version <= 20; version += 1) {
      volume.publish({ 'a.yaml': `version ${version}` });
    }
    await running.untilInForce({ 'a.yaml': 'version 20' });
  });

  it('keeps the last good version while a swapped-in one is bad', async () => {
    volume.publish({ 'a.yaml': 'bad' });
    await running.untilRejected();
    expect(running.texts).to.deep.equal({ 'a.yaml': 'version 1', 'list.txt': 'x' });
    volume.publish({ 'a.yaml': 'version 3' });
    await running.untilInForce({ 'a.yaml': 'version 3' });
  });
});
