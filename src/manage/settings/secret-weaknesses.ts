import { stat } from 'node:fs/promises';

/** Secrets of the example settings and of the documentation begin so, and everybody has read those. */
const placeholder = 'replace-me';

/** Read, write or search, by whoever is neither the owner of a file nor in its group. */
const others = 0o007;

/** Why others than its holder may know a secret that works, and what to do. No text holds a part of it. */
export function weaknessesOfSecret(secret: string): string[] {
  if (!secret.startsWith(placeholder)) return [];
  return [`the secret is one of the documentation ("${placeholder}…"), which anybody can try; make one of your own`];
}

/**
 * The same of the file that it lies in, by its absolute path. The group may read it: Kubernetes gives mounted secrets
 * to a group. Windows has no such modes.
 */
export async function weaknessesOfSecretFile(path: string): Promise<string[]> {
  const mode = await modeOf(path);
  if (process.platform === 'win32' || (mode & others) === 0) return [];
  const octal = (mode & 0o777).toString(8).padStart(4, '0');
  return [`every user of this machine has access to the secret file (mode ${octal}); take it from them: chmod o= FILE`];
}

/** A file that has gone since it was read is open to nobody. */
async function modeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).mode;
  } catch {
    return 0;
  }
}
