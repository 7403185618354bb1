import { expect } from 'chai';
import { type RestAnswer, useRest } from '../../../support/rest-service.js';

interface Told {
  readonly count: number;
  readonly warnings: readonly { readonly code: string; readonly file: string; readonly message: string }[];
}

/** `code file` of each warning. */
function warned({ headers }: RestAnswer): string[] | undefined {
  const header = headers['x-refgate-warnings'];
  if (header === undefined) return undefined;
  const { count, warnings } = JSON.parse(String(header)) as Told;
  expect(warnings).to.have.length(count);
  return warnings.map(({ code, file }) => `${code} ${file}`);
}

describe('the REST API', () => {
  const rest = useRest();
  const { ask, etagOf } = rest;
  const put = (name: string, hosts: string[] | undefined, referer: object = { allow: ['a.example'] }) =>
    ask('PUT', `/v1/policies/${name}`, { body: { ...(hosts && { match: { hosts } }), referer } });

  describe('warns of a change', () => {
    it('that has nothing wrong with it by no header', async () => {
      expect(warned(await put('fine', ['fine.example']))).to.equal(undefined);
    });

    it('of entries that are probably not meant, also when it is sent again', async () => {
      expect(warned(await put('a', ['a.example'], { allow: ['*.com'] }))).to.deep.equal([
        'public-suffix-entry managed/a.yaml',
      ]);
      const again = await ask('PATCH', '/v1/policies/a', { headers: { 'if-match': await etagOf('a') }, body: {} });
      expect(warned(again)).to.deep.equal(['public-suffix-entry managed/a.yaml']);
      expect(again.headers['x-refgate-generation']).to.equal('2');
    });

    it('that has no effect, since another policy is before it', async () => {
      await put('a', ['.b.example']);
      expect(warned(await put('b', ['www.b.example']))).to.deep.equal(['unreachable-policy managed/b.yaml']);
    });

    it('that leaves others without effect, as one of all hosts does', async () => {
      await put('c', ['c.example']);
      await put('d', ['.d.example']);
      await put('e', ['www.d.example']);
      const everywhere = warned(await put('b', undefined));
      expect(everywhere).to.include.members(['unreachable-policy managed/c.yaml', 'unreachable-policy managed/d.yaml']);
      expect(warned(await put('f', ['f.example']))).to.deep.equal(['unreachable-policy managed/f.yaml']);
    });

    it('but not of what others have written', async () => {
      rest.dir.write(
        'other.yaml',
        'policies: [{ name: o, match: { hosts: [o.example] }, referer: { allow: ["*.com"] } }]',
      );
      expect(warned(await put('fine', ['fine.example']))).to.equal(undefined);
    });
  });
});
