import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { type ImageFileContent, imageFileBytes, writeImageFile } from '../rules/image/image-file.js';
import { type ImageFiles, partFileContent, rulesFileContent } from '../rules/image/image-files.js';
import type { RulesImage } from '../rules/image/rules-image.js';
import { copyOpenFile } from './copy-open-file.js';

/** A file that may have no name any more: it takes room for as long as it is open, however this process ends. */
export interface KeptFile {
  readonly file: FileHandle;
  readonly bytes: number;
}

/** The files of one image. */
export interface KeptImage {
  readonly rules: KeptFile;
  /** By id. */
  readonly parts: ReadonlyMap<string, KeptFile>;
}

/** Files that workers can read now. */
export interface OfferedImage {
  readonly files: ImageFiles;
  /** All of its files in bytes. */
  readonly bytes: number;
}

/** Files that have been written, and are open. */
export interface WrittenImage extends OfferedImage, KeptImage {}

/** The bytes that the files of an image will take, at most. */
export function imageBytes(image: RulesImage): number {
  const parts = image.parts.map((part) => partFileContent(part)).filter((content) => content !== undefined);
  return [rulesFileContent(image), ...parts].reduce((total, content) => total + imageFileBytes(content), 0);
}

/**
 * Writes what an image has with it: a file for the rules, and one for each part that comes with its content.
 *
 * @throws (as a rejection) what the file system says; no file is open then.
 */
export async function writeImage(image: RulesImage, folder: string): Promise<WrittenImage> {
  const opened: KeptFile[] = [];
  const write = async (content: ImageFileContent): Promise<readonly [KeptFile, path: string]> => {
    const path = join(folder, String(opened.length));
    const kept = { file: await open(path, 'wx+', 0o600), bytes: imageFileBytes(content) };
    opened.push(kept);
    await writeImageFile(kept.file, content);
    return [kept, path];
  };
  try {
    const [rules, rulesPath] = await write(rulesFileContent(image));
    const parts = new Map<string, KeptFile>();
    const paths: string[] = [];
    for (const part of image.parts) {
      const content = partFileContent(part);
      if (content === undefined) continue;
      const [kept, path] = await write(content);
      parts.set(part.id, kept);
      paths.push(path);
    }
    return { rules, parts, files: { rules: rulesPath, parts: paths }, bytes: imageBytes(image) };
  } catch (error) {
    await closeFiles(opened);
    throw error;
  }
}

/**
 * Writes kept files once more, all of them, under new names.
 *
 * @throws (as a rejection) what the file system says.
 */
export async function copyImage({ rules, parts }: KeptImage, folder: string): Promise<ImageFiles> {
  const paths: string[] = [];
  for (const { file } of [rules, ...parts.values()]) {
    const path = join(folder, String(paths.length));
    await copyOpenFile(file, path);
    paths.push(path);
  }
  const [first = '', ...others] = paths;
  return { rules: first, parts: others };
}

/** All files of an image, none where there is no image. */
export function filesOf(image: KeptImage | undefined): readonly KeptFile[] {
  return image === undefined ? [] : [image.rules, ...image.parts.values()];
}

export async function closeFiles(files: readonly KeptFile[]): Promise<void> {
  await Promise.all(files.map(({ file }) => file.close()));
}
