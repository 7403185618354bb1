import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Loaded } from '#refgate/rules/reload/reload.js';

/** Text by path relative to the directory. */
export type Texts = Readonly<Record<string, string>>;

type LoadedTexts = Exclude<Loaded<Texts, string>, { readonly unchanged: true }>;

/**
 * A loader for tests of the reload alone: reads every file as text, as the rules are read (names with a leading dot
 * skipped, links followed, each real folder once). A text that begins with `bad` is a mistake.
 */
export async function loadTexts(directory: string): Promise<LoadedTexts> {
  let texts: Texts;
  try {
    texts = readAll(directory);
  } catch (error) {
    return { ok: false, errors: [`unreadable: ${(error as NodeJS.ErrnoException).code}`], digest: '' };
  }
  const digest = createHash('sha256').update(JSON.stringify(texts)).digest('hex');
  const errors = Object.keys(texts).filter((name) => texts[name]?.startsWith('bad'));
  return errors.length > 0 ? { ok: false, errors, digest } : { ok: true, rules: texts, digest };
}

function readAll(directory: string): Texts {
  const texts: Record<string, string> = {};
  const seen = new Set<string>();
  const visit = (folder: string): void => {
    const real = realpathSync(folder);
    if (seen.has(real)) {
      return;
    }
    seen.add(real);
    for (const name of readdirSync(folder).sort()) {
      if (!name.startsWith('.')) {
        const path = join(folder, name);
        if (statSync(path).isDirectory()) {
          visit(path);
        } else {
          texts[relative(directory, path)] = readFileSync(path, 'utf8');
        }
      }
    }
  };
  visit(directory);
  return texts;
}
