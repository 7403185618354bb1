import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { PolicyChange } from '#refgate/manage/policies/managed-policies.js';
import { commentsOf } from '#refgate/manage/policies/yaml/yaml-source.js';
import type { PolicySource } from '#refgate/rules/validate/schema.js';
import { manageRules } from '../../support/managed-rules.js';
import { PATIENCE, type Prng, property } from '../../support/prng.js';
import { RulesDir } from '../../support/rules-dir.js';

const NAMES = ['a', 'b', 'c', 'd'];
const ENTRIES = [
  'a.example',
  '*.b.example',
  'https://c.example/x',
  '192.0.2.0/24',
  '~^d\\.',
  'e.example:8443',
  'é.example',
];

function randomPolicy(random: Prng, name: string): PolicySource {
  const entries = (): string[] => random.list(0, 4, () => random.pick(ENTRIES));
  return {
    name,
    ...(random.chance(0.5) && { description: random.pick(['yes', '# x', 'two\nlines\n', ' ', 'a: b', '']) }),
    referer: {
      ...(random.chance(0.7) && { allow: entries() }),
      ...(random.chance(0.5) && { deny: entries() }),
      ...(random.chance(0.5) && { empty: random.pick(['allow', 'deny'] as const) }),
    },
    ...(random.chance(0.4) && { onDeny: { status: random.pick([403, 404]) } }),
  };
}

/** What the files should say, kept beside them in the simplest way. */
class Model {
  readonly policies = new Map<string, PolicySource>();
  /** Comments that people wrote, by file; those that only they take away. */
  readonly comments = new Map<string, Set<string>>();
}

describe('managed policies, beside a simple model', () => {
  it(
    'are what the model says after every change, by whomever it is made',
    property(async (random) => {
      const dir = new RulesDir({ 'managed/.keep': '' });
      rmSync(dir.at('managed/.keep'));
      const model = new Model();
      const { policies, store } = await manageRules(dir.path);
      let count = 0;
      for (let step = 0; step < 60; step++) {
        if (random.chance(0.3)) editByHand(random.pick(NAMES));
        else await changeByApi(random.list(1, 3, () => random.pick(NAMES)));
        await compare();
      }
      dir.dispose();

      /** Somebody adds comments, or removes a file, or writes one anew between brackets. */
      function editByHand(name: string): void {
        const path = dir.at(`managed/${name}.yaml`);
        if (random.chance(0.2) && model.policies.has(name)) {
          rmSync(path);
          model.policies.delete(name);
          model.comments.delete(name);
        } else if (random.chance(0.3)) {
          const policy = randomPolicy(random, name);
          writeFileSync(path, `# written ${++count}\npolicies: [${JSON.stringify(policy)}] # as JSON ${count}\n`);
          model.policies.set(name, policy);
          model.comments.set(name, new Set([`# written ${count}`, `# as JSON ${count}`]));
        } else if (model.policies.has(name)) {
          const lines = readFileSync(path, 'utf8').split('\n');
          // Before a key or an item a comment is one, whatever is above.
          const places = [...lines.keys()].filter((at) => /^ *(?:- )?[a-zA-Z]+:|^ *- /.test(lines[at] ?? ''));
          const at = random.pick(places);
          const comment = `# note ${++count}`;
          lines.splice(at, 0, `${/^ */.exec(lines[at] ?? '')?.[0]}${comment}`);
          const text = lines.join('\n');
          // In the middle of a text of two lines it is none.
          if (!commentsOf(text).some(({ source }) => source === comment)) return;
          writeFileSync(path, text);
          model.comments.set(name, (model.comments.get(name) ?? new Set()).add(comment));
        }
      }

      async function changeByApi(names: readonly string[]): Promise<void> {
        const next = new Map<string, PolicySource>();
        for (const name of names) if (random.chance(0.85)) next.set(name, randomPolicy(random, name));
        let current: readonly [string, PolicySource][] = [];
        const change: PolicyChange<never> = {
          names,
          edit: (found) => {
            current = [...found];
            return { next };
          },
        };
        const outcome = await policies.change(change);
        expect(outcome.kind).to.equal('changed');
        expect(new Map(current)).to.deep.equal(new Map([...model.policies].filter(([name]) => names.includes(name))));
        for (const name of new Set(names)) {
          const policy = next.get(name);
          if (policy !== undefined) model.policies.set(name, policy);
          else {
            model.policies.delete(name);
            model.comments.delete(name);
          }
        }
        expect(outcome.kind === 'changed' && outcome.generation).to.equal(store.generation);
        expect(new Set(store.current?.byName.keys())).to.deep.equal(new Set(model.policies.keys()));
      }

      async function compare(): Promise<void> {
        expect(readdirSync(dir.at('managed'))).to.have.members(
          [...model.policies.keys()].map((name) => `${name}.yaml`),
        );
        for (const name of NAMES) {
          const read = await policies.read(name);
          expect(read.kind === 'found' ? read.policy : undefined, name).to.deep.equal(model.policies.get(name));
          if (read.kind !== 'found') continue;
          const text = readFileSync(dir.at(`managed/${name}.yaml`), 'utf8');
          const found = commentsOf(text).map(({ source }) => source);
          expect(found, text).to.include.members([...(model.comments.get(name) ?? [])]);
        }
      }
    }),
  ).timeout(PATIENCE);
});
