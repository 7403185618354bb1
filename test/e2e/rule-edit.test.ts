import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { expect } from 'chai';
import { fronts } from '../support/fronts.js';
import { useChain } from './chain.js';
import { Load } from './load.js';

const thief = { target: '/images/logo.png', referers: ['https://thief.example/page'] };

for (const front of fronts) {
  describe(`an edit of the rules under constant load through ${front.name}`, function () {
    this.timeout(60_000);
    const chain = useChain(front);

    it('changes the answers without a failed request', async () => {
      const edit = (file: string, change: (text: string) => string): void => {
        const path = join(chain().rules, file);
        // As editors do: a new file, renamed over the old one.
        writeFileSync(join(chain().rules, '.new'), change(readFileSync(path, 'utf8')));
        renameSync(join(chain().rules, '.new'), path);
      };
      const agent = new Agent({ keepAlive: true });
      const load = new Load(chain().front.address, { ...thief, agent }, 8);
      await load.untilAnswered(403);

      edit(
        '10-images.yaml',
        (text) => `${text.slice(0, text.indexOf('      status:'))}      redirect: https://a.example/\n`,
      );
      await load.untilAnswered(302);
      edit('lists/partners.txt', (text) => `${text}thief.example\n`);
      await load.untilAnswered(200);
      edit('lists/partners.txt', (text) => text.replace('thief.example\n', ''));
      await load.untilAnswered(302);

      const failures = await load.stop();
      agent.destroy();
      expect(failures).to.deep.equal([]);
      expect(load.phases).to.deep.equal([403, 302, 200, 302]);
    });
  });
}
