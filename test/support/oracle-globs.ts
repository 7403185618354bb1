/** Whether a glob of a whole text covers it: `*` any run, `?` one character. By trying every way. */
export function textGlobCovers(glob: string, text: string): boolean {
  return covers([...glob], [...text]);
}

function covers(glob: readonly string[], text: readonly string[]): boolean {
  const [token, ...rest] = glob;
  if (token === undefined) return text.length === 0;
  if (token === '*') return text.some((_, skipped) => covers(rest, text.slice(skipped))) || covers(rest, []);
  return text.length > 0 && (token === '?' || token === text[0]) && covers(rest, text.slice(1));
}

/** Whether a path glob covers a path: `*` and `?` within a segment, `**` across, `/**` + `/` also one slash alone. */
export function pathGlobCovers(glob: string, path: string): boolean {
  if (glob === '') return path === '';
  if (glob.startsWith('/**/') && pathGlobCovers(glob.slice(3), path)) return true;
  if (glob.startsWith('**')) return suffixes(path).some((rest) => pathGlobCovers(glob.slice(2), rest));
  if (glob.startsWith('*')) {
    const end = path.indexOf('/');
    const last = end < 0 ? path.length : end;
    return suffixes(path).some((rest, skipped) => skipped <= last && pathGlobCovers(glob.slice(1), rest));
  }
  if (path === '') return false;
  const fits = glob.startsWith('?') ? path[0] !== '/' : path[0] === glob[0];
  return fits && pathGlobCovers(glob.slice(1), path.slice(1));
}

function suffixes(text: string): string[] {
  return Array.from({ length: text.length + 1 }, (_, start) => text.slice(start));
}
