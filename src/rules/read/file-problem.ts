/** What the system's error codes mean for someone who runs a service, and what to do. */
const MEANINGS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied; let the user that the service runs as read it',
  EPERM: 'permission denied; let the user that the service runs as read it',
  ENOENT: 'no such file or directory',
  ENOTDIR: 'it, or a folder on the way to it, is not a directory',
  ELOOP: 'its symbolic links lead in a circle',
  EISDIR: 'it is a directory',
  EIO: 'the storage failed',
  EMFILE: 'too many open files; raise the limit (ulimit -n)',
  ENFILE: 'too many open files on this machine',
  ENAMETOOLONG: 'its name is too long',
};

/** A failed file operation in words, the system's code included: `no such file or directory (ENOENT)`. */
export function describeFileError(error: unknown): string {
  const code = fileErrorCode(error);
  return `${MEANINGS[code] ?? 'the system refused'} (${code})`;
}

/** `ENOENT`, `EACCES`, …; `unknown` for what is no system error. */
function fileErrorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}
