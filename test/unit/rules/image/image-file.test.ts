import { mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type ImageFileContent, imageFileBytes, writeImageFile } from '#refgate/rules/image/image-file.js';
import { ImageFileError, readImageFile } from '#refgate/rules/image/read-image-file.js';
import { readImageFiles } from '#refgate/rules/image/read-image-files.js';

/** Longer than what is written at a time. */
const long = Uint8Array.from({ length: 3_000_001 }, (_, place) => place % 251);
const content: ImageFileContent = {
  info: { policies: 1, names: ['ä', ''] },
  arrays: [Uint8Array.of(1, 2, 3), new Int32Array(0), Int32Array.of(-1, 2), Uint32Array.of(0xffff_ffff), long],
};

describe('image file', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'refgate-image-file-'));
    path = join(folder, 'image');
    await write(content);
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  async function write(written: ImageFileContent): Promise<void> {
    const file = await open(path, 'w');
    await writeImageFile(file, written);
    await file.close();
  }

  async function damage(position: number): Promise<void> {
    const file = await open(path, 'r+');
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, position);
    await file.write(Buffer.of((byte[0] as number) ^ 1), 0, 1, position);
    await file.close();
  }

  it('gives back what was written, each array in a buffer of its own', () => {
    const read = readImageFile(path);
    expect(read).to.deep.equal(content);
    expect(read.arrays.map(({ buffer }) => buffer.byteLength)).to.deep.equal(
      content.arrays.map(({ byteLength }) => byteLength),
    );
  });

  it('is no larger than it was said to be', () => {
    expect(statSync(path).size).to.be.at.most(imageFileBytes(content));
  });

  it('writes what lies in the middle of a buffer', async () => {
    const middle = new Uint8Array(Uint8Array.of(9, 1, 2, 9).buffer, 1, 2);
    await write({ info: null, arrays: [middle] });
    expect(readImageFile(path).arrays).to.deep.equal([Uint8Array.of(1, 2)]);
  });

  it('is not read when a byte of it is damaged, wherever', async () => {
    for (const position of [0, 7, 8, 12, 16, 60, 1_000, statSync(path).size - 1]) {
      await damage(position);
      expect(() => readImageFile(path), `byte ${position}`).to.throw(ImageFileError);
      await damage(position);
    }
    expect(readImageFile(path)).to.deep.equal(content);
  });

  it('is not read when it was cut short', () => {
    for (const length of [2_000_000, 100, 20, 10, 0]) {
      truncateSync(path, length);
      expect(() => readImageFile(path), `${length} bytes`).to.throw(ImageFileError);
    }
  });

  it('says to whoever reads an image, large or small, what is wrong', async () => {
    for (const arrays of [content.arrays, []]) {
      await write({ ...content, arrays });
      await damage(0);
      const error: unknown = await readImageFiles({ rules: path, parts: [] }).catch((caught: unknown) => caught);
      expect((error as Error).message).to.contain(path);
    }
  });
});
