import { cpus, totalmem, type } from 'node:os';

/** Where and with what a benchmark ran, in one line. */
export function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const { node, v8 } = process.versions;
  return `${cpu?.model.trim() ?? 'unknown CPU'} × ${cpus().length}, ${memory} GiB, ${type()} ${process.arch}, Node ${node}, V8 ${v8}`;
}
