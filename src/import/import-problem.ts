import type { ImportFailure, ImportSource } from './imported.js';

/**
 * Thrown by readers, out of whatever depth they are in, where a text is no configuration of their product; importers
 * give it back as a value.
 */
export class ImportProblem extends Error {
  override readonly name = 'ImportProblem';
  /** From 1. */
  readonly line: number;

  constructor(problem: string, line: number) {
    super(problem);
    this.line = line;
  }
}

/** Runs an importer's reading and conversion; an `ImportProblem` becomes the failure that the caller tells. */
export async function orFailure<T>({ file }: ImportSource, read: () => T | Promise<T>): Promise<T | ImportFailure> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ImportProblem)) throw error;
    return { file, line: error.line, problem: error.message };
  }
}
