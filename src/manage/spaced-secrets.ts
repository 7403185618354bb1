/** A secret as clients hold it that read more than it: a line of a file, an entry of a form. */
export function withSpace(secret: string): string[] {
  const marks = ['\n', '\r\n', '\r', ' ', '\t', '\0'];
  return [...marks.flatMap((mark) => [`${secret}${mark}`, `${mark}${secret}`]), ` ${secret} `, `\ufeff${secret}`];
}

/** A secret of the settings without the white space around it; nothing where there is none. */
export function withoutSpace(secret: string): string[] {
  return secret.trim() === secret ? [] : [secret.trim(), secret.trimEnd(), secret.trimStart()];
}
