import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { LogReadError, readLines } from '#refgate/replay/read-lines.js';

describe('logs, line by line', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'refgate-replay-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function log(name: string, bytes: string | Buffer): string {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  }

  /** Each line as `log:number:text`. */
  async function linesOf(...logs: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for await (const { log: path, first, lines } of readLines(logs, () => {})) {
      for (const [index, line] of lines.entries())
        found.push(`${path.slice(folder.length + 1)}:${first + index}:${line}`);
    }
    return found;
  }

  it('come in the order of the files, numbered in each, and no file runs into the next', async () => {
    const logs = [log('access.log', 'a\nb'), log('access.log.1', 'c\n'), log('empty', ''), log('last', 'd')];
    expect(await linesOf(...logs)).to.deep.equal(['access.log:1:a', 'access.log:2:b', 'access.log.1:1:c', 'last:1:d']);
  });

  it('are decompressed where the bytes say so, whatever the name says', async () => {
    const logs = [log('access.log.2', gzipSync('a\nb\n')), log('plain.gz', 'c\n')];
    expect(await linesOf(...logs)).to.deep.equal(['access.log.2:1:a', 'access.log.2:2:b', 'plain.gz:1:c']);
  });

  it('of several gzip members in one file are read one after the other', async () => {
    const joined = Buffer.concat([gzipSync('a\nb'), gzipSync('c\n')]);
    expect(await linesOf(log('a.gz', joined))).to.deep.equal(['a.gz:1:a', 'a.gz:2:bc']);
  });

  it('of a gzip file that was cut off end in an error that names it', async () => {
    const whole = gzipSync(Array.from({ length: 1000 }, (_, number) => `line ${number}\n`).join(''));
    const path = log('a.gz', whole.subarray(0, whole.length - 20));
    const error: unknown = await linesOf(path).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(LogReadError);
    expect((error as LogReadError).log).to.equal(path);
  });

  it('of a file that is not there end in an error that names it', async () => {
    const path = join(folder, 'nowhere');
    const error: unknown = await linesOf(path).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(LogReadError);
    expect((error as LogReadError).message)
      .to.include(path)
      .and.include('ENOENT');
  });

  it('are told of in bytes of the file', async () => {
    const compressed = gzipSync('x'.repeat(10_000));
    let seen = 0;
    const batches = readLines([log('a.gz', compressed)], (bytes) => {
      seen += bytes;
    });
    for await (const _ of batches);
    expect(seen).to.equal(compressed.length);
  });
});
