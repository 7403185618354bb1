import { join } from 'node:path';
import { expect } from 'chai';
import { importNginx } from '#refgate/import/nginx/import-nginx.js';
import { useFolder } from '../../../support/loaded-folder.js';
import { writeFiles } from '../../../support/rules-dir.js';

const check = 'valid_referers shop.example; if ($invalid_referer) { return 403; }';

describe('the includes of an nginx configuration', () => {
  const folder = useFolder();

  /** Imports a main file in `conf/`, with the files around it; folders are cut off in what is told. */
  async function told(text: string, files: Readonly<Record<string, string>> = {}): Promise<string[]> {
    writeFiles(folder(), { 'conf/nginx.conf': text, ...files });
    const imported = await importNginx({ file: join(folder(), 'conf/nginx.conf'), text });
    const plain = (line: string): string => line.replaceAll(`${folder()}/`, '');
    if ('problem' in imported) return [plain(`${imported.file}:${imported.line}: ${imported.problem}`)];
    return [
      ...imported.policies.flatMap(({ comments }) => comments.slice(-2, -1)),
      ...imported.losses.map(
        ({ file, line, message, changesDecisions }) => `${file}:${line}: ${message} ${changesDecisions}`,
      ),
    ].map(plain);
  }

  it('are relative to the folder of the main file, whichever file they stand in', async () => {
    const files = {
      'conf/sites/a.conf': 'include snippets/b.conf;',
      'conf/snippets/b.conf': `location /b/ { ${check} }`,
    };
    expect(await told('server { server_name a.example; include sites/a.conf; }', files)).to.deep.equal([
      'conf/snippets/b.conf:1: location /b/',
    ]);
  });

  it('name files by patterns, in order, and may name none', async () => {
    const files = {
      'conf/sites/2.conf': `location /two/ { ${check} }`,
      'conf/sites/1.conf': `location /one/ { ${check} }`,
      'conf/sites/.hidden.conf': `location /hidden/ { ${check} }`,
      'conf/sites/3.off': `location /off/ { ${check} }`,
    };
    expect(
      await told('server { server_name a.example; include sites/[0-9].c?n*; include none/*.conf; }', files),
    ).to.have.members(['conf/sites/1.conf:1: location /one/', 'conf/sites/2.conf:1: location /two/']);
  });

  it('must be there; those that hold no checks anywhere are not missed', async () => {
    const lines = await told('server {\ninclude mime.types;\ninclude missing.conf;\n}');
    expect(lines).to.have.lengthOf(2);
    expect(lines[0]).to.match(/^conf\/nginx\.conf:2: conf\/mime\.types cannot be read: .* false$/);
    expect(lines[1]).to.match(/^conf\/nginx\.conf:3: conf\/missing\.conf cannot be read: .* true$/);
  });

  it('may not lead in a circle', async () => {
    const files = { 'conf/a.conf': '\ninclude b.conf;', 'conf/b.conf': 'include a.conf;' };
    expect(await told('include a.conf;', files)).to.deep.equal(['conf/b.conf:1: conf/a.conf includes itself']);
    expect(await told('include [n]*.conf;')).to.deep.equal(['conf/nginx.conf:1: conf/nginx.conf includes itself']);
  });

  it('may not multiply without end', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 30 }, (_, i) => [`conf/x${i}.conf`, `include x${i + 1}.conf; `.repeat(2)]),
    );
    const [line] = await told('include x0.conf;', { ...files, 'conf/x30.conf': 'a b;' });
    expect(line).to.match(/more than 10000 includes/);
  });

  it('tell of mistakes in their own files', async () => {
    expect(await told('include a.conf;', { 'conf/a.conf': 'x;\ny' })).to.deep.equal([
      'conf/a.conf:2: the file ends where ";" or "{" is expected',
    ]);
  });

  it('are read only if they are files', async () => {
    const [line] = await told('include /dev/zero;');
    expect(line).to.match(/\/dev\/zero is no regular file/);
  });
});
