/**
 * OpenResty's `content_by_lua_block { … }` and its kin hold Lua, in which braces, quotes and `#` mean something else.
 * Lua is not read here, but where it ends must be found.
 */
export function holdsLua(name: string): boolean {
  return name.endsWith('_by_lua_block');
}

/** What makes a brace one that does not count: comments, long brackets, strings; and the braces themselves. */
const REMARKABLE = /--\[(=*)\[|--|\[(=*)\[|["'{}]/g;

/**
 * Where a block of Lua ends: the position behind its closing brace, or `undefined`. Comments, strings and long brackets
 * (`[==[ … ]==]`) are told apart as in the Lua 5.1 manual, §2.1.
 *
 * @param from - behind the opening brace
 */
export function endOfLuaBlock(text: string, from: number): number | undefined {
  let depth = 1;
  REMARKABLE.lastIndex = from;
  for (let found = REMARKABLE.exec(text); found !== null; found = REMARKABLE.exec(text)) {
    const [mark, ...levels] = found;
    const after = found.index + mark.length;
    if (mark === '{') depth += 1;
    else if (mark === '}') {
      depth -= 1;
      if (depth === 0) return after;
    } else {
      const end = endOfText(
        text,
        mark,
        levels.find((level) => level !== undefined),
        after,
      );
      if (end === undefined) return undefined;
      REMARKABLE.lastIndex = end;
    }
  }
  return undefined;
}

/** The end of what a mark begins; `level` are the equals signs of a long bracket. */
function endOfText(text: string, mark: string, level: string | undefined, from: number): number | undefined {
  if (level !== undefined) return behind(text, `]${level}]`, from);
  if (mark === '--') return behind(text, '\n', from);
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === mark || text[i] === '\n') return i + 1;
  }
  return undefined;
}

function behind(text: string, mark: string, from: number): number | undefined {
  const position = text.indexOf(mark, from);
  return position < 0 ? undefined : position + mark.length;
}
