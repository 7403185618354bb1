/** One instruction of a Dockerfile, its continuation lines joined. */
export interface Instruction {
  readonly keyword: string;
  readonly value: string;
}

/** The instructions of a Dockerfile in order, comments left out. */
export function parseDockerfile(text: string): Instruction[] {
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  const joined = lines.join('\n').replaceAll(/\\\n\s*/g, '');
  return joined.split('\n').flatMap((line) => {
    const [, keyword, value] = /^([A-Z]+)\s+(.*)$/.exec(line.trim()) ?? [];
    return keyword === undefined || value === undefined ? [] : [{ keyword, value }];
  });
}

/** `A=1 B=2` of an ENV instruction. */
export function parseEnv(value: string): Record<string, string> {
  return Object.fromEntries(
    value.split(/\s+/).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );
}

/** The JSON list of an ENTRYPOINT, a CMD, or a HEALTHCHECK after its options. Shell form is refused: it hides signals. */
export function parseExec(value: string): string[] {
  const list: unknown = JSON.parse(value.slice(value.indexOf('[')));
  if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list;
  throw new Error(`no list of texts: ${value}`);
}
