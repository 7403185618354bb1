/** A reader that has seen enough (`| head`) closes its end of a pipe: no error of ours. To be said before any output. */
export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}

/**
 * Waits until all output is written, or nobody reads it any more: ending the process drops what a pipe has not taken
 * yet, which of a long report is everything behind its first 64 KiB.
 */
export async function outputWritten(): Promise<void> {
  await Promise.all([process.stdout, process.stderr].map(written));
}

/** Writes are carried out in order, so an empty one is done when all before it are. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
