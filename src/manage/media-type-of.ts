/** The media type that a `Content-Type` names, in lower case and without its parameters; `''` where there is none. */
export function mediaTypeOf(contentType = ''): string {
  const [type = ''] = contentType.split(';');
  return type.trim().toLowerCase();
}
