const lineBreak = 0x0a;

/** Makes whole lines of the chunks in which a pipe hands them over. */
export class LineCutter {
  readonly #line: (line: string) => void;
  #rest: Buffer[] = [];

  /** @param line - told of each, with its line break */
  constructor(line: (line: string) => void) {
    this.#line = line;
  }

  write(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(lineBreak); end >= 0; end = chunk.indexOf(lineBreak, from)) {
      this.#line(Buffer.concat([...this.#rest.splice(0), chunk.subarray(from, end + 1)]).toString());
      from = end + 1;
    }
    if (from < chunk.length) this.#rest.push(chunk.subarray(from));
  }

  /** What is left is a line that a dying process did not finish: no JSON, so that it is dropped. */
  end(): void {
    this.#rest = [];
  }
}
