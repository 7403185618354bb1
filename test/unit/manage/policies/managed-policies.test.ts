import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { expect } from 'chai';
import { ManagedFolderError } from '#refgate/manage/policies/managed-folder.js';
import type { PolicyChange } from '#refgate/manage/policies/managed-policies.js';
import type { PolicySource } from '#refgate/rules/validate/schema.js';
import {
  add,
  type ManagedRules,
  type ManageOptions,
  manageRules,
  put,
  remove,
} from '../../../support/managed-rules.js';
import { RulesDir } from '../../../support/rules-dir.js';

const shop = { name: 'shop', referer: { allow: ['a.example'] } } satisfies PolicySource;
const SHOP = 'policies:\n  - name: shop\n    referer:\n      allow:\n        - a.example\n';

/** A rule file of one policy. */
const file = (name: string): string => `policies: [{ name: ${name}, referer: {} }]\n`;

describe('managed policies', () => {
  let dir: RulesDir;
  beforeEach(() => {
    dir = new RulesDir();
  });
  afterEach(() => dir.dispose());

  const manage = (options: ManageOptions = {}): Promise<ManagedRules> => manageRules(dir.path, options);
  const text = (name: string): string => readFileSync(dir.at(name), 'utf8');
  const managedFiles = (): string[] => readdirSync(dir.at('managed'));

  it('are put, read, listed and removed', async () => {
    const { policies, store } = await manage();
    expect(await policies.read('shop')).to.deep.equal({ kind: 'absent' });
    expect(await policies.change(put(shop))).to.deep.equal({
      kind: 'changed',
      generation: 2,
      changes: [{ policy: 'shop', before: undefined, after: shop }],
      warnings: [],
    });
    expect(text('managed/shop.yaml')).to.equal(SHOP);
    expect(store.current?.byName.has('shop')).to.equal(true);
    expect(await policies.read('shop')).to.deep.equal({ kind: 'found', policy: shop, generation: 2 });
    expect(await policies.list()).to.deep.equal({ kind: 'found', policies: [shop], generation: 2 });
    expect(await policies.change(remove('shop'))).to.deep.equal({
      kind: 'changed',
      generation: 3,
      changes: [{ policy: 'shop', before: shop, after: undefined }],
      warnings: [],
    });
    expect(managedFiles()).to.deep.equal([]);
    expect(await policies.change(remove('shop'))).to.deep.include({ kind: 'changed', generation: 3 });
  });

  it('are not written where nothing changes, and the generation stays', async () => {
    const { policies } = await manage();
    await policies.change(put(shop));
    const byHand = `# mine\n${text('managed/shop.yaml')}`;
    writeFileSync(dir.at('managed/shop.yaml'), byHand);
    const outcome = await policies.change(put({ referer: { allow: ['a.example'], deny: undefined }, name: 'shop' }));
    expect(outcome).to.deep.equal({
      kind: 'changed',
      generation: 3,
      changes: [{ policy: 'shop', before: shop, after: shop }],
      warnings: [],
    });
    expect(await policies.change(put(shop))).to.deep.include({ generation: 3 });
    expect(text('managed/shop.yaml')).to.equal(byHand);
  });

  it('are changed by what is there, or refused by the caller', async () => {
    const { policies } = await manage();
    await policies.change(put(shop));
    expect(await policies.change(add('shop', 'b.example'))).to.deep.include({ kind: 'changed' });
    const refuse: PolicyChange<string> = {
      names: ['shop'],
      edit: (current) => ({ refused: (current.get('shop')?.referer.allow ?? []).join() }),
    };
    expect(await policies.change(refuse)).to.deep.equal({ kind: 'refused', refusal: 'a.example,b.example' });
  });

  it('are not touched by an edit that throws, which its caller hears of', async () => {
    const { policies } = await manage();
    const fault: PolicyChange<never> = {
      names: ['shop'],
      edit: () => {
        throw new RangeError('a fault');
      },
    };
    const [failed, made] = await Promise.allSettled([policies.change(fault), policies.change(put(shop))]);
    expect(failed.status === 'rejected' && failed.reason).to.be.instanceOf(RangeError);
    expect(made.status === 'fulfilled' && made.value.kind).to.equal('changed');
  });

  it('are refused with every error, and paths that begin at the policy', async () => {
    const { policies } = await manage();
    const bad = { name: 'bad', referer: { allow: ['ok.example', 'a..b/', 'http://'] }, onDeny: { status: 200 } };
    const outcome = await policies.change(put(bad as PolicySource));
    expect(outcome.kind === 'invalid' && outcome.errors.map(({ path }) => path)).to.deep.equal([
      'referer.allow[1]',
      'referer.allow[2]',
      'onDeny.status',
    ]);
    expect(managedFiles()).to.deep.equal([]);
  });

  it('have names that are file names', async () => {
    const { policies } = await manage();
    for (const name of ['../up', 'a/b', '.hidden', 'UPPER', '', 'a\0b', 'x'.repeat(65)]) {
      expect(await policies.read(name), name).to.deep.equal({ kind: 'absent' });
      const outcome = await policies.change(put({ name, referer: {} }));
      expect(outcome.kind === 'invalid' && outcome.errors[0]?.path, name).to.equal('name');
      expect(await policies.change(remove(name)), name).to.deep.include({ kind: 'changed' });
    }
    const misnamed: PolicyChange<never> = { names: ['a'], edit: () => ({ next: new Map([['a', shop]]) }) };
    expect(await policies.change(misnamed)).to.deep.include({ kind: 'invalid', policy: 'a' });
    expect(readdirSync(dir.path)).to.deep.equal(['managed']);
  });

  it('are all of a change or none', async () => {
    const { policies } = await manage();
    await policies.change(put(shop));
    const both = (video: PolicySource): PolicyChange<never> => ({
      names: ['shop', 'video'],
      edit: () => ({ next: new Map([['video', video]]) }),
    });
    const bad = { name: 'video', referer: { allow: ['a..b'] } };
    expect(await policies.change(both(bad))).to.deep.include({ kind: 'invalid', policy: 'video' });
    expect(managedFiles()).to.deep.equal(['shop.yaml']);
    const outcome = await policies.change(both({ name: 'video', referer: {} }));
    expect(
      outcome.kind === 'changed' && outcome.changes.map(({ policy, after }) => [policy, after?.name]),
    ).to.deep.equal([
      ['shop', undefined],
      ['video', 'video'],
    ]);
    expect(managedFiles()).to.deep.equal(['video.yaml']);
  });

  describe('in other files', () => {
    for (const other of [
      'base.yaml',
      'managed/shop.yml',
      'managed/shop.json',
      'managed/other.yaml',
      'managed/a/shop.yaml',
    ]) {
      it(`are readable and nothing more: ${other}`, async () => {
        dir.make({ [other]: other.endsWith('json') ? '{"policies":[{"name":"shop","referer":{}}]}' : file('shop') });
        const { policies } = await manage();
        const found = { kind: 'elsewhere', policy: { name: 'shop', referer: {} }, file: other };
        expect(await policies.read('shop')).to.deep.equal({ ...found, generation: 1 });
        const conflict = { kind: 'elsewhere', policy: 'shop', file: other };
        expect(await policies.change(put(shop))).to.deep.equal(conflict);
        expect(await policies.change(remove('shop'))).to.deep.equal(conflict);
        expect(existsSync(dir.at('managed/shop.yaml'))).to.equal(false);
      });
    }

    it('are found when they come later, and no longer when they go', async () => {
      const { policies } = await manage();
      expect(await policies.read('shop')).to.deep.equal({ kind: 'absent' });
      dir.write('base.yaml', file('shop'));
      expect(await policies.read('shop')).to.deep.include({ kind: 'elsewhere', file: 'base.yaml' });
      dir.write('base.yaml', file('other'));
      expect(await policies.change(put(shop))).to.deep.include({ kind: 'changed' });
    });

    it('are found when they come while a change is checked', async () => {
      let other: string | undefined = file('shop');
      const beforeCheck = () => {
        if (other !== undefined) dir.write('base.yaml', other);
        other = undefined;
      };
      const { policies } = await manage({ beforeCheck });
      expect(await policies.change(put(shop))).to.deep.equal({ kind: 'elsewhere', policy: 'shop', file: 'base.yaml' });
      expect(managedFiles()).to.deep.equal([]);
    });
  });

  describe('in files written by hand', () => {
    it('are changed alone, and the file goes with the last', async () => {
      const { policies } = await manage();
      dir.write(
        'managed/shop.yaml',
        `# both\npolicies:\n  - { name: more, referer: {} } # stays\n  - name: shop\n    referer: {}\n`,
      );
      await policies.change(put(shop));
      expect(text('managed/shop.yaml')).to.equal(
        '# both\npolicies:\n  - { name: more, referer: {} } # stays\n  - name: shop\n    referer:\n      allow:\n        - a.example\n',
      );
      expect(await policies.read('more')).to.deep.include({ kind: 'elsewhere', file: 'managed/shop.yaml' });
      await policies.change(remove('shop'));
      expect(text('managed/shop.yaml')).to.equal('# both\npolicies:\n  - { name: more, referer: {} } # stays\n');
      dir.write('managed/shop.yaml', SHOP);
      await policies.change(remove('shop'));
      expect(managedFiles()).to.deep.equal([]);
    });

    it('are changed alone where another refers to them, and no comment is lost', async () => {
      const { policies } = await manage();
      const more = { name: 'more', referer: { allow: ['x.example'] } };
      const shared = ['policies:', '  - name: shop', '    referer: &same # both', '      allow: [x.example]'];
      dir.write('managed/shop.yaml', `${[...shared, '  - { name: more, referer: *same }'].join('\n')}\n`);
      await policies.change(add('shop', 'y.example'));
      const changed = { name: 'shop', referer: { allow: ['x.example', 'y.example'] } };
      expect(await policies.list()).to.deep.include({ policies: [changed, more] });
      expect(text('managed/shop.yaml')).to.match(/^# both\npolicies:\n/);
    });

    it('keep their permissions', async () => {
      const { policies } = await manage();
      dir.write('managed/shop.yaml', file('shop'));
      chmodSync(dir.at('managed/shop.yaml'), 0o640);
      await policies.change(put(shop));
      expect(statSync(dir.at('managed/shop.yaml')).mode & 0o777).to.equal(0o640);
    });

    it('are told as broken, and not overwritten', async () => {
      const { policies } = await manage();
      dir.write('managed/shop.yaml', 'policies: [\n');
      const outcome = await policies.change(put(shop));
      expect(outcome.kind === 'unloadable' && outcome.errors.join()).to.match(
        /shop\.yaml:\d+:\d+: not readable as YAML/,
      );
      expect((await policies.read('shop')).kind).to.equal('unloadable');
      expect((await policies.list()).kind).to.equal('unloadable');
      expect(text('managed/shop.yaml')).to.equal('policies: [\n');
    });

    it('may be links, whose ends are never written', async () => {
      const { policies } = await manage();
      writeFileSync(dir.beside('outside.yaml'), file('shop'));
      symlinkSync(dir.beside('outside.yaml'), dir.at('managed/shop.yaml'));
      expect((await policies.change(add('shop', 'a.example'))).kind).to.equal('changed');
      expect(readFileSync(dir.beside('outside.yaml'), 'utf8')).to.equal(file('shop'));
      expect(await policies.read('shop')).to.deep.include({ policy: shop });
    });
  });

  describe('beside other mistakes', () => {
    it('are not changed while another file is broken', async () => {
      const { policies } = await manage();
      await policies.change(put(shop));
      dir.write('base.yaml', 'policies: 5\n');
      const outcome = await policies.change(add('shop', 'b.example'));
      expect(outcome.kind === 'unloadable' && outcome.errors).to.deep.equal([
        `${dir.at('base.yaml')}:1:11: policies: expected a list, got the number 5`,
      ]);
      expect((await policies.change(put(shop))).kind).to.equal('unloadable');
      expect(text('managed/shop.yaml')).to.equal(SHOP);
      expect(managedFiles()).to.deep.equal(['shop.yaml']);
      expect((await policies.read('shop')).kind).to.equal('found');
      dir.write('base.yaml', file('base'));
      expect((await policies.change(add('shop', 'b.example'))).kind).to.equal('changed');
    });

    it('are put back when another file breaks after they were checked', async () => {
      let isBreaking = false;
      const beforeReload = () => {
        if (isBreaking) dir.write('base.yaml', 'policies: 5\n');
      };
      const { policies, store } = await manage({ beforeReload });
      await policies.change(put(shop));
      const before = store.current;
      isBreaking = true;
      const change: PolicyChange<never> = {
        names: ['shop', 'video'],
        edit: () => ({ next: new Map([['video', { name: 'video', referer: {} }]]) }),
      };
      expect((await policies.change(change)).kind).to.equal('unloadable');
      expect(managedFiles()).to.deep.equal(['shop.yaml']);
      expect(text('managed/shop.yaml')).to.equal(SHOP);
      expect(store.current).to.equal(before);
    });

    it('are put back in a folder that is moved away after they were written, and do not come back with it', async () => {
      let isMoving = false;
      const beforeReload = () => {
        if (isMoving) renameSync(dir.path, `${dir.path}-away`);
        isMoving = false;
      };
      const { policies, store, reloader } = await manage({ beforeReload });
      await policies.change(put(shop));
      isMoving = true;
      const change: PolicyChange<never> = {
        names: ['shop', 'video'],
        edit: () => ({ next: new Map([['video', { name: 'video', referer: {} }]]) }),
      };
      expect((await policies.change(change)).kind).to.equal('unloadable');
      renameSync(`${dir.path}-away`, dir.path);
      expect((await reloader.now()).kind).to.equal('unchanged');
      expect(store.current?.policies.map(({ name }) => name)).to.deep.equal(['shop']);
      expect(managedFiles()).to.deep.equal(['shop.yaml']);
      expect(text('managed/shop.yaml')).to.equal(SHOP);
    });

    it('are not put back over what somebody wrote since', async () => {
      const byHand = file('shop').replace('referer', 'description: by hand, referer');
      let isEditing = false;
      const beforeReload = () => {
        if (!isEditing) return;
        dir.write('base.yaml', 'policies: 5\n');
        dir.write('managed/shop.yaml', byHand);
      };
      const { policies } = await manage({ beforeReload });
      isEditing = true;
      expect((await policies.change(put(shop))).kind).to.equal('unloadable');
      expect(text('managed/shop.yaml')).to.equal(byHand);
    });

    it('are changed anew when somebody edits the file meanwhile', async () => {
      let edits = 0;
      const beforeCheck = (files: readonly string[]) => {
        if (files.length > 0 && edits < 3) dir.write('managed/shop.yaml', `${file('shop')}# edit ${++edits}\n`);
      };
      const { policies } = await manage({ beforeCheck });
      expect((await policies.change(add('shop', 'a.example'))).kind).to.equal('changed');
      expect(text('managed/shop.yaml')).to.equal(
        'policies: [{ name: shop, referer: { allow: [a.example] } }]\n# edit 3\n'.replace(
          '{ allow: [a.example] }',
          '{allow: [a.example]}',
        ),
      );
    });

    it('are refused when somebody edits the file all the time', async () => {
      let edits = 0;
      const beforeCheck = () => dir.write('managed/shop.yaml', `${file('shop')}# edit ${++edits}\n`);
      const { policies } = await manage({ beforeCheck });
      const outcome = await policies.change(put(shop));
      expect(outcome.kind === 'unwritable' && outcome.problem).to.match(/managed changed each of the 10 times/);
      expect(text('managed/shop.yaml')).to.equal(`${file('shop')}# edit ${edits}\n`);
      expect(managedFiles()).to.deep.equal(['shop.yaml']);
    });

    it('hold or fail each by itself, whoever they wait with', async () => {
      dir.make({ 'base.yaml': file('taken') });
      const { policies } = await manage({ limits: { policies: 4 } });
      const names = ['a', 'taken', 'b', 'c', 'd'];
      const changes = [
        ...names.map((name) => put({ name, referer: {} })),
        put({ name: 'e', referer: { allow: ['..'] } }),
      ];
      const outcomes = await Promise.all([
        policies.change(remove('zero')),
        ...changes.map((each) => policies.change(each)),
      ]);
      expect(outcomes.map(({ kind }) => kind)).to.deep.equal([
        ...['changed', 'changed', 'elsewhere', 'changed', 'changed', 'invalid', 'invalid'],
      ]);
      expect(managedFiles()).to.deep.equal(['a.yaml', 'b.yaml', 'c.yaml']);
    });
  });

  describe('in a folder', () => {
    it('that is made, unless nothing shall be written', async () => {
      await manage({ managed: 'some/where' });
      expect(existsSync(dir.at('some/where'))).to.equal(true);
      await manage({ managed: 'else/where', readOnly: true });
      expect(existsSync(dir.at('else'))).to.equal(false);
    });

    it('that is the rule directory itself', async () => {
      const { policies } = await manage({ managed: '.' });
      await policies.change(put(shop));
      expect(readdirSync(dir.path)).to.deep.equal(['shop.yaml']);
      expect((await policies.read('shop')).kind).to.equal('found');
    });

    it('that goes and comes back', async () => {
      const { policies } = await manage();
      await policies.change(put(shop));
      rmSync(dir.at('managed'), { recursive: true });
      expect(await policies.read('shop')).to.deep.equal({ kind: 'absent' });
      const outcome = await policies.change(put(shop));
      expect(outcome.kind === 'changed' && outcome.changes[0]?.before).to.equal(undefined);
      expect(managedFiles()).to.deep.equal(['shop.yaml']);
    });

    it('that goes while a change is checked', async () => {
      const beforeCheck = () => rmSync(dir.at('managed'), { recursive: true, force: true });
      const { policies } = await manage({ beforeCheck });
      expect((await policies.change(put(shop))).kind).to.equal('changed');
      expect(managedFiles()).to.deep.equal(['shop.yaml']);
    });

    it('that is no link, at start or later', async () => {
      const { policies } = await manage();
      mkdirSync(dir.beside('outside'));
      renameSync(dir.at('managed'), dir.beside('away'));
      symlinkSync(dir.beside('outside'), dir.at('managed'));
      const outcome = await policies.change(put(shop));
      expect(outcome.kind === 'unwritable' && outcome.problem).to.match(/managed is a link/);
      expect(readdirSync(dir.beside('outside'))).to.deep.equal([]);
      const failure = await manage().catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(ManagedFolderError);
    });

    it('that is no link when the change is written', async () => {
      mkdirSync(dir.beside('outside'));
      const beforeCheck = () => {
        rmSync(dir.at('managed'), { recursive: true, force: true });
        symlinkSync(dir.beside('outside'), dir.at('managed'));
      };
      const { policies } = await manage({ beforeCheck });
      expect((await policies.change(put(shop))).kind).to.equal('unwritable');
      expect(readdirSync(dir.beside('outside'))).to.deep.equal([]);
    });

    it('that is inside, and that loads see', async () => {
      dir.make({ 'file/x.txt': '' });
      writeFileSync(dir.at('plain'), '');
      for (const managed of ['../outside', '/etc', 'a/../../b', '.hidden', 'a/.b', 'plain', 'plain/below']) {
        const failure = await manage({ managed }).catch((error: unknown) => error);
        expect(failure, managed).to.be.instanceOf(ManagedFolderError);
      }
    });

    it('that is cleaned of left-over temporary files at start, and of nothing else', async () => {
      const keep = [
        '.shop.yaml',
        '.shop.yaml.tmp',
        'x.tmp',
        '.shop.yaml.1.tmp.bak',
        '.Shop.yaml.1.tmp',
        '.a.yml.1.tmp',
      ];
      const leave = ['.shop.yaml.0123abcd.tmp', '.a.b-c_d.yaml.yaml.Xy_9-z.tmp'];
      dir.make(Object.fromEntries([...keep, ...leave].map((name) => [`managed/${name}`, ''])));
      await manage({ readOnly: true });
      expect(managedFiles()).to.have.members([...keep, ...leave]);
      await manage();
      expect(managedFiles()).to.have.members(keep);
    });
  });
});
