/**
 * Writes to standard output, or to the stream given, and waits until all is written: the process ends when a command does, and a pipe may take
 * less at once. A reader that has seen enough (`| head`) is no error.
 */
export async function print(text: string, stream: NodeJS.WriteStream = process.stdout): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const end = (error?: Error | null): void => {
      if (error === undefined || error === null || (error as NodeJS.ErrnoException).code === 'EPIPE') resolve();
      else reject(error);
    };
    stream.once('error', end);
    stream.write(text, end);
  });
}
