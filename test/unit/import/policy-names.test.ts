import { expect } from 'chai';
import { PolicyNames } from '#refgate/import/policy-names.js';

/** What a rule file takes as a name. */
const valid = /^[a-z0-9][a-z0-9._-]{0,63}$/;

describe('PolicyNames', () => {
  const cases: readonly (readonly [proposed: string, name: string])[] = [
    ['www.example.com', 'www.example.com'],
    ['*.Example.com', 'example.com'],
    ['Bilder & Co.', 'bilder-co.'],
    ['-/images/', 'images'],
    ['図版', 'imported'],
    ['', 'imported'],
    ['\u001b[31m', '31m'],
    ['a'.repeat(100), 'a'.repeat(64)],
  ];
  for (const [proposed, name] of cases) {
    it(`makes ${JSON.stringify(name)} of ${JSON.stringify(proposed)}`, () => {
      expect(new PolicyNames().take(proposed)).to.equal(name);
    });
  }

  it('numbers what comes again, and keeps within the length', () => {
    const names = new PolicyNames();
    const long = 'a'.repeat(64);
    const taken = ['x', 'x', 'x-2', 'x', long, long].map((each) => names.take(each));
    expect(taken).to.deep.equal(['x', 'x-2', 'x-2-2', 'x-3', long, `${'a'.repeat(62)}-2`]);
    for (const name of taken) expect(name).to.match(valid);
  });
});
