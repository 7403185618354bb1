import { expect } from 'chai';
import { editYaml } from '#refgate/manage/policies/yaml/edit-yaml.js';
import { NotEditable } from '#refgate/manage/policies/yaml/yaml-source.js';

const HAND_WRITTEN = `# who may embed our images
policies:
  # the shop
  - name: shop   # as in the console
    referer: # agreed in May
      # partners
      allow:  # in order of size
        # the first
        - big.example # until 2027
        # the second
        - "small.example"

        - 'tiny.example'
      deny:   [ spam.example, 'bad.example' ] # by hand
      empty: allow # for apps
    onDeny: {status: 404, headers: { x-why: hotlink }} # as the CDN did
# the end
`;

const shop = {
  name: 'shop',
  referer: {
    allow: ['big.example', 'small.example', 'tiny.example'],
    deny: ['spam.example', 'bad.example'],
    empty: 'allow',
  },
  onDeny: { status: 404, headers: { 'x-why': 'hotlink' } },
};

type Referer = Record<string, unknown>;

/** The lines that differ after the policy's `referer` has become another. */
function changed(referer: Referer, more: Record<string, unknown> = {}): { gone: string[]; come: string[] } {
  const edited = editYaml(HAND_WRITTEN, { policies: [{ ...shop, ...more, referer }] });
  const [before, after] = [HAND_WRITTEN.split('\n'), edited.split('\n')];
  return {
    gone: before.filter((line) => !after.includes(line)),
    come: after.filter((line) => !before.includes(line)),
  };
}

describe('an edited YAML text', () => {
  it('is the same where nothing is another', () => {
    expect(editYaml(HAND_WRITTEN, { policies: [shop] })).to.equal(HAND_WRITTEN);
  });

  it('differs in the line of a value', () => {
    expect(changed({ ...shop.referer, empty: 'deny' })).to.deep.equal({
      gone: ['      empty: allow # for apps'],
      come: ['      empty: deny # for apps'],
    });
  });

  it('keeps the way in which a list between brackets is written', () => {
    expect(changed({ ...shop.referer, deny: ['bad.example', 'a, b', 'spam.example'] })).to.deep.equal({
      gone: ["      deny:   [ spam.example, 'bad.example' ] # by hand"],
      come: ['      deny:   [ \'bad.example\', "a, b", spam.example ] # by hand'],
    });
  });

  it('has a line for each item of a list that is too long for brackets', () => {
    const deny = Array.from({ length: 12 }, (_, i) => `spam-${i}.example`);
    const { gone, come } = changed({ ...shop.referer, deny });
    expect(gone).to.have.length(1);
    expect(come).to.deep.equal(['      deny: # by hand', ...deny.map((entry) => `        - ${entry}`)]);
  });

  it('has new keys and items behind those that were there', () => {
    const edited = editYaml(HAND_WRITTEN, {
      policies: [{ ...shop, referer: { ...shop.referer, allow: [...shop.referer.allow, 'new'], exact: true } }],
    });
    expect(edited).to.include("        - 'tiny.example'\n        - new\n      deny:");
    expect(edited).to.include('      empty: allow # for apps\n      exact: true\n    onDeny:');
  });

  it('has its items in the new order, each with its comments', () => {
    const edited = editYaml(HAND_WRITTEN, {
      policies: [{ ...shop, referer: { ...shop.referer, allow: ['tiny.example', 'big.example', 'small.example'] } }],
    });
    expect(edited).to.include(
      "        # the first\n        - 'tiny.example'\n        - big.example # until 2027\n" +
        '        # the second\n        - "small.example"\n',
    );
  });

  it('keeps the comments of what goes', () => {
    const edited = editYaml(HAND_WRITTEN, { policies: [{ name: 'shop', referer: { allow: [] } }] });
    expect(edited).to.equal(`# who may embed our images
policies:
  # the shop
  - name: shop   # as in the console
    referer: # agreed in May
      # partners
      allow: []  # in order of size
        # the first
      # until 2027
      # the second
      # by hand
      # for apps
    # as the CDN did
# the end
`);
  });

  it('changes one of several policies, adds one, and removes one', () => {
    const other = { name: 'other', referer: {} };
    const two = editYaml(HAND_WRITTEN, { policies: [shop, other] });
    expect(two).to.equal(HAND_WRITTEN.replace('# the end', '  - name: other\n    referer: {}\n# the end'));
    const changedOther = { ...other, referer: { deny: ['x'] } };
    expect(editYaml(two, { policies: [shop, changedOther] })).to.equal(
      two.replace('    referer: {}\n', '    referer:\n      deny:\n        - x\n'),
    );
    expect(editYaml(two, { policies: [shop] })).to.equal(HAND_WRITTEN);
  });

  it('unfolds a list with comments between its brackets', () => {
    const text = 'a: [ # both\n  x, # the first\n  y # the second\n]\n';
    expect(editYaml(text, { a: ['x', 'z'] })).to.equal('a:\n  # both\n  - x # the first\n  - z\n  # the second\n');
  });

  it('keeps CR LF, and ends its last line', () => {
    expect(editYaml('a: 1 # c\r\nb: 2', { a: 1, b: 3 })).to.equal('a: 1 # c\r\nb: 3\r\n');
  });

  it('fills what was empty in block style', () => {
    expect(editYaml('a: [] # none yet\n', { a: ['x'] })).to.equal('a: # none yet\n  - x\n');
    expect(editYaml('a: {}\n', { a: { b: 1 } })).to.equal('a:\n  b: 1\n');
    expect(editYaml('a:\nb: 1\n', { a: ['x'], b: 1 })).to.equal('a:\n  - x\nb: 1\n');
  });

  it('replaces texts of several lines', () => {
    expect(editYaml('a: | # c\n  x\n\n  y\nb: 1\n', { a: 'z', b: 1 })).to.equal('a: z\n# c\nb: 1\n');
    expect(editYaml('a: x\nb: 1\n', { a: 'p\nq\n', b: 1 })).to.equal('a: "p\\nq\\n"\nb: 1\n');
  });

  it('may have keys with a question mark', () => {
    expect(editYaml('? a # c\n: 1\nb: 2\n', { a: 4, b: 3 })).to.equal('? a # c\n: 4\nb: 3\n');
  });

  it('may be written as JSON', () => {
    const text = '{ "a": ["x"], "b": { "c": 1 } }\n';
    expect(editYaml(text, { a: ['x', 'y'], b: { c: 2 } })).to.equal('{ "a": ["x", "y"], "b": { "c": 2 } }\n');
  });

  it('is refused where a part cannot be told from another', () => {
    expect(() => editYaml('- a\n', { a: 1 })).to.throw(NotEditable);
    expect(() => editYaml('a: { b: [ # c\n  x ] }\n', { a: { b: ['y'] } })).to.throw(NotEditable);
  });
});
