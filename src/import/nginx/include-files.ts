import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { describeFileError } from '../../rules/read/file-problem.js';
import type { ImportFailure, ImportSource } from '../imported.js';
import type { Directive } from './directive.js';
import { expandGlob, isGlob } from './expand-glob.js';
import type { LossList } from './loss-list.js';
import { parseFile } from './parse-file.js';

/** Directives of all files together: what is more is an include that multiplies itself. */
const MOST_DIRECTIVES = 1_000_000;

/** Files that are read, each time counted: their includes lead on, and reading takes longer than counting. */
const MOST_FILES = 10_000;

const LARGEST_FILE = 16 * 1024 * 1024;

/** Files that come with nginx, or that distributions put beside it, and that say nothing of Referers. */
const WELL_KNOWN =
  /(?:^|\/)(?:mime\.types|(?:fastcgi|uwsgi|scgi|proxy|grpc)(?:_params|_param|\.conf|_common\.conf)|fastcgi[-_]php\.conf|koi-win|koi-utf|win-utf|options-ssl-nginx\.conf|ssl-params\.conf|modules-enabled\/\*\.conf)$/;

/**
 * Reads a configuration with everything that it includes, in place. As in nginx, names are relative to the folder of
 * the main file, whichever file the `include` stands in (`ngx_conf_full_name`), and a pattern may match nothing.
 */
export async function readConfiguration(
  source: ImportSource,
  losses: LossList,
): Promise<readonly Directive[] | ImportFailure> {
  const parsed = parseFile(source);
  if ('problem' in parsed) return parsed;
  const inclusion = new Inclusion(dirname(source.file), losses);
  const directives = await inclusion.expand(parsed, [await realPath(source.file)]);
  return inclusion.failure ?? directives;
}

class Inclusion {
  /** What makes the whole configuration unusable, wherever in it. */
  failure: ImportFailure | undefined;
  readonly #folder: string;
  readonly #losses: LossList;
  #directives = 0;
  #files = 0;

  constructor(folder: string, losses: LossList) {
    this.#folder = folder;
    this.#losses = losses;
  }

  /** @param within - real paths of the file and of those that include it */
  async expand(directives: readonly Directive[], within: readonly string[]): Promise<Directive[]> {
    const expanded: Directive[] = [];
    for (const directive of directives) {
      this.#count(directive);
      if (this.failure !== undefined) break;
      if (directive.block !== undefined) {
        expanded.push({ ...directive, block: await this.expand(directive.block, within) });
      } else if (directive.name === 'include') {
        for (const included of await this.#included(directive, within)) expanded.push(included);
      } else expanded.push(directive);
    }
    return expanded;
  }

  async #included(include: Directive, within: readonly string[]): Promise<Directive[]> {
    const [pattern] = include.args;
    if (pattern === undefined) return [];
    const path = pattern.startsWith('/') ? pattern : joined(this.#folder, pattern);
    const directives: Directive[] = [];
    for (const file of isGlob(path) ? await expandGlob(path) : [path]) {
      for (const directive of await this.#read(file, include, within)) directives.push(directive);
    }
    return directives;
  }

  async #read(file: string, at: Directive, within: readonly string[]): Promise<readonly Directive[]> {
    const path = await realPath(file);
    if (within.includes(path)) return this.#fail({ ...at, problem: `${file} includes itself` });
    this.#files += 1;
    if (this.#files > MOST_FILES) return this.#fail({ ...at, problem: `more than ${MOST_FILES} includes` });
    const text = await readText(file);
    if (typeof text !== 'string') return this.#missing(file, at, text.problem);
    const parsed = parseFile({ file, text });
    return 'problem' in parsed ? this.#fail(parsed) : this.expand(parsed, [...within, path]);
  }

  #missing(file: string, at: Directive, problem: string): [] {
    const message = `${file} ${problem} (includes are relative to the folder of the main file)`;
    if (WELL_KNOWN.test(file)) this.#losses.harmless(at, message);
    else this.#losses.changing(at, `${message}; whatever it says of Referers is missing here`);
    return [];
  }

  #count(directive: Directive): void {
    this.#directives += 1;
    if (this.#directives > MOST_DIRECTIVES) {
      this.#fail({ ...directive, problem: `more than ${MOST_DIRECTIVES} directives, includes counted each time` });
    }
  }

  #fail({ file, line, problem }: ImportFailure): [] {
    this.failure ??= { file, line, problem };
    return [];
  }
}

/** Regular files only: to read a device or a pipe might never end. */
async function readText(file: string): Promise<string | { problem: string }> {
  try {
    const { size, isRegular } = await stat(file).then((stats) => ({ size: stats.size, isRegular: stats.isFile() }));
    if (!isRegular) return { problem: 'is no regular file' };
    if (size > LARGEST_FILE) return { problem: `is larger than ${LARGEST_FILE} bytes` };
    return await readFile(file, 'utf8');
  } catch (error) {
    return { problem: `cannot be read: ${describeFileError(error)}` };
  }
}

async function realPath(file: string): Promise<string> {
  return await realpath(file).catch(() => resolve(file));
}

/** Not `path.join`, which would make `conf.d/x` of `./conf.d/x`: messages show files as they were called. */
function joined(folder: string, name: string): string {
  return folder === '.' ? name : `${folder}/${name}`;
}
