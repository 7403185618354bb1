import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { expect } from 'chai';
import { add, manageRules, put, remove } from '../support/managed-rules.js';
import { RulesDir } from '../support/rules-dir.js';

describe('many writers of managed policies', function () {
  this.timeout(120_000);
  let dir: RulesDir;
  beforeEach(() => {
    dir = new RulesDir();
  });
  afterEach(() => dir.dispose());

  const entries = (of: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${of}${i}.example`);

  it('to one policy lose no update, and share loads', async () => {
    let reloads = 0;
    const { policies } = await manageRules(dir.path, { beforeReload: () => reloads++ });
    const wanted = entries('w', 100);
    const outcomes = await Promise.all(wanted.map((entry) => policies.change(add('shop', entry))));
    expect(outcomes.every(({ kind }) => kind === 'changed')).to.equal(true);
    const read = await policies.read('shop');
    expect(read.kind === 'found' && read.policy.referer.allow).to.deep.equal(wanted);
    // The first by itself, and all that came meanwhile.
    expect(reloads).to.equal(2);
    // Each change begins where the one before it ended.
    const seen = outcomes.map((each) => each.kind === 'changed' && each.changes[0]?.before?.referer.allow?.length);
    expect(seen).to.deep.equal(wanted.map((_, i) => (i === 0 ? undefined : i)));
  });

  it('to 50 policies are all in force when they are answered', async () => {
    const { policies, store } = await manageRules(dir.path);
    await Promise.all(
      entries('', 50).map(async (_, i) => {
        for (const entry of ['a.example', 'b.example']) {
          const outcome = await policies.change(add(`shop-${i}`, entry));
          expect(outcome.kind === 'changed' && outcome.generation).to.equal(store.generation);
          const referer = store.current?.byName.get(`shop-${i}`)?.referer;
          expect(referer?.allow?.size).to.equal(entry === 'a.example' ? 1 : 2);
        }
      }),
    );
    expect(readdirSync(dir.at('managed'))).to.have.length(50);
  });

  it('and people who edit the same files all keep what they did', async () => {
    const { policies } = await manageRules(dir.path);
    dir.write('managed/shop.yaml', 'policies:\n  - name: shop\n    referer:\n      allow:\n        - first.example\n');
    let edits = 0;
    let isWriting = true;
    // An editor that reads, thinks of nothing else, and saves by rename.
    const edit = (): void => {
      if (!isWriting || edits === 200) return;
      const path = dir.at('managed/shop.yaml');
      dir.saveByRename('managed/shop.yaml', `${readFileSync(path, 'utf8')}# edit ${++edits}\n`);
      setTimeout(edit, 3);
    };
    edit();
    const wanted = entries('w', 40);
    try {
      for (const entry of wanted) {
        let kind = '';
        // Ten edits in a row may be in the way of one change.
        while (kind !== 'changed') ({ kind } = await policies.change(add('shop', entry)));
      }
    } finally {
      isWriting = false;
    }
    const text = readFileSync(dir.at('managed/shop.yaml'), 'utf8');
    const read = await policies.read('shop');
    expect(read.kind === 'found' && read.policy.referer.allow).to.deep.equal(['first.example', ...wanted]);
    expect(text.match(/# edit \d+$/gm)).to.have.length(edits);
  });

  it('hold while files and the folder come and go', async () => {
    const { policies } = await manageRules(dir.path);
    let rounds = 0;
    let isWriting = true;
    const disturb = (): void => {
      if (!isWriting) return;
      rounds += 1;
      if (rounds % 3 === 0) rmSync(dir.at('managed'), { recursive: true, force: true });
      else dir.write(`others/o${rounds % 5}.yaml`, `policies: [{ name: o${rounds % 5}, referer: {} }] # ${rounds}\n`);
      setTimeout(disturb, 5);
    };
    disturb();
    const kinds = new Set<string>();
    try {
      for (let i = 0; i < 30; i++) {
        const change = i % 4 === 3 ? remove('shop') : put({ name: 'shop', description: String(i), referer: {} });
        kinds.add((await policies.change(change)).kind);
      }
    } finally {
      isWriting = false;
    }
    expect(kinds).to.include('changed');
    expect([...kinds].filter((kind) => !['changed', 'unwritable', 'unloadable'].includes(kind))).to.deep.equal([]);
    expect((await policies.change(put({ name: 'shop', referer: {} }))).kind).to.equal('changed');
    expect(readdirSync(dir.at('managed'))).to.deep.equal(['shop.yaml']);
  });
});
