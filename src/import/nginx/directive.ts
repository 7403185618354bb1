/** Where something stands in a configuration. */
export interface Place {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** One directive of a configuration, as nginx's parser hands it to its modules. */
export interface Directive extends Place {
  readonly name: string;
  /** Quotes and escapes resolved; nginx's modules do not see them either. */
  readonly args: readonly string[];
  /** What stands between its braces; `undefined` for a directive that ends with a semicolon. */
  readonly block: readonly Directive[] | undefined;
}

/** The directives of a name, in order; those in deeper blocks are not looked at. */
export function named(directives: readonly Directive[], name: string): Directive[] {
  return directives.filter((directive) => directive.name === name);
}

/** `nginx.conf:12` */
export function placeText({ file, line }: Place): string {
  return `${file}:${line}`;
}

/** A directive as one line, for comments and messages: `location ~* \.(jpg|png)$`. */
export function headOf({ name, args }: Directive): string {
  return [name, ...args].join(' ');
}
