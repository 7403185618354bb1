import { createHash } from 'node:crypto';
import type { BotDirectory } from '../bots/list-bot-files.js';
import type { Limits } from '../limits.js';
import { newSession, type SessionScope } from '../load-session.js';
import { hasChanged } from '../read/has-changed.js';
import { joinDir, type ListedFile } from '../read/list-rule-files.js';
import { locateListFile } from '../read/locate-list-file.js';
import { lay } from '../read/overlay.js';
import { identityNow } from '../read/read-file.js';
import type { LoadedBots } from './bot-memory.js';
import type { KnownFiles } from './known-files.js';
import type { ListFileRead } from './list-file-read.js';
import type { LoadRequest } from './load-request.js';
import type { CompiledFolder, LoadedRules, LoadResult, LoadWork, UnchangedRules } from './load-result.js';
import { type LoadedFile, loadFile } from './loaded-file.js';
import { type MergedFile, mergeFiles } from './merge-files.js';

/** A directory as it was listed, and with what its files are loaded. */
export interface ListedMoment {
  readonly dir: string;
  readonly found: readonly ListedFile[];
  readonly bots: BotDirectory | undefined;
  readonly limits: Limits;
  readonly allowEmpty: boolean;
  /** What list files looked like at the moment that the files found are of; `undefined`: those are not held. */
  readonly heldLists?: ReadonlyMap<string, string> | undefined;
}

/** One look at a directory, which counts if nothing in it changes meanwhile. */
export class Moment {
  readonly #listed: ListedMoment;
  readonly #known: KnownFiles;
  /** Of the list files, by their path below the directory, each time they were read or found to be as before. */
  readonly #lists = new Map<string, string>();
  #hasRead = false;

  constructor(listed: ListedMoment, known: KnownFiles) {
    this.#listed = listed;
    this.#known = known;
  }

  /** `changed`: something in it changed meanwhile, so that the result would be of no moment. */
  async load({ overlay, inForce, held }: LoadRequest): Promise<LoadResult | UnchangedRules | 'changed'> {
    const { found, dir, limits } = this.#listed;
    const known = this.#known;
    known.parts.begin(held);
    const bots = await known.bots.load(this.#listed.bots);
    const scope = { dir, limits, bots: bots.ranges, parts: known.parts };
    const merged: MergedFile[] = [];
    for (const listed of lay(overlay, found)) merged.push({ listed, file: await this.#fileOf(listed, scope) });
    // What would come of writing files, the load that follows will find out in any case.
    const isCheckOfKnown = overlay !== undefined && !this.#hasRead;
    const isOfNoMoment = !isCheckOfKnown && this.#hasChanged();
    // Kept in any case: each file is what its content makes it, and the next look has less to do for it.
    const work = this.#keep(merged, overlay === undefined ? 'load' : 'check');
    if (isOfNoMoment) return 'changed';
    const digest = digestOfAll(bots, merged);
    if (digest === inForce) return { ok: true, unchanged: true, digest, work };
    return this.#conclude(merged, bots, { digest, work });
  }

  #keep(merged: readonly MergedFile[], kind: 'load' | 'check'): LoadWork {
    const { files, parts, hashes } = this.#known;
    const compiled = merged.filter(({ file }) => !files.has(file)).length;
    files.keep(kind, merged);
    parts.keepThoseOf(files);
    hashes.sweep();
    return { files: merged.length, compiled };
  }

  async #conclude(
    merged: readonly MergedFile[],
    bots: LoadedBots,
    { digest, work }: Pick<LoadedRules, 'digest' | 'work'>,
  ): Promise<LoadResult> {
    const { last } = this.#known;
    const isLast =
      digest === last?.result.digest && merged.every(({ file }, position) => file === last.files[position]);
    if (isLast) return { ...last.result, work };
    this.#known.last = undefined;
    const result = { ...(await this.#merge(merged, bots)), digest, work };
    if (!result.ok) return { ...result, reason: 'invalid' };
    this.#known.last = { result, files: merged.map(({ file }) => file) };
    return result;
  }

  async #merge(files: readonly MergedFile[], bots: LoadedBots): Promise<CompiledFolder> {
    const { dir, limits, allowEmpty } = this.#listed;
    const total = newSession({ dir, limits, bots: bots.ranges, parts: this.#known.parts });
    total.findings.addAll(bots.findings);
    if (files.length === 0 && !allowEmpty) {
      total.findings.add({ file: dir, line: 1, column: 1, path: '', message: NO_FILE });
    }
    return mergeFiles(files, total, this.#known.policies);
  }

  async #fileOf(listed: ListedFile, scope: SessionScope): Promise<LoadedFile> {
    const { contents, files } = this.#known;
    const path = joinDir(scope.dir, listed.relative);
    const hash = contents.hashOf(path, listed);
    const unread = hash === undefined ? undefined : files.recall(listed.relative, hash);
    if (unread !== undefined && (await this.#isCurrent(unread, scope))) return unread;
    const content = await contents.read(path, listed, scope.limits.ruleFileBytes);
    this.#hasRead ||= listed.content === undefined;
    const known = files.recall(listed.relative, content.hash);
    if (known !== undefined && (await this.#isCurrent(known, scope))) return known;
    const file = await loadFile(listed, content, scope);
    for (const { found } of file.session.lists) if (found) this.#saw(found.relative, found.identity);
    return file;
  }

  /** Whether all that a file was made of beside its own content is as it was. */
  async #isCurrent(file: LoadedFile, { bots }: SessionScope): Promise<boolean> {
    const { relative, session, namesBots } = file;
    if ((namesBots && session.bots !== bots) || !this.#known.parts.hasAllOf(file)) return false;
    for (const list of session.lists) if (!(await this.#isCurrentList(list, relative))) return false;
    return true;
  }

  async #isCurrentList({ written, found, content }: ListFileRead, ruleFile: string): Promise<boolean> {
    const { dir, limits } = this.#listed;
    const located = locateListFile({ dir, ruleFile, written });
    if ('problem' in located) return content === located.problem;
    const { hash, identity } = await this.#known.contents.hashOfLarge(located.path, limits.listFileBytes);
    if (hash !== content || (found !== undefined && found.relative !== located.relative)) return false;
    this.#saw(located.relative, identity);
    return true;
  }

  /** Of a list that several rule files name, all must have read the same. */
  #saw(relative: string, identity: string): void {
    const before = this.#lists.get(relative) ?? identity;
    this.#lists.set(relative, before === identity ? identity : SEVERAL);
  }

  #hasChanged(): boolean {
    const { dir, found, bots, heldLists } = this.#listed;
    const isHeld = heldLists !== undefined && !this.#hasRead;
    const ofLists = { dir, files: found, identities: this.#lists };
    if (isHeld ? this.#haveListsChanged(heldLists) : hasChanged(ofLists)) return true;
    return bots !== undefined && hasChanged({ ...bots, identities: new Map() });
  }

  /**
   * What is held is of one moment, whatever happened to it since, and so is a list file with it that looked then as it
   * did when it was read, and does so still.
   */
  #haveListsChanged(then: ReadonlyMap<string, string>): boolean {
    for (const [relative, identity] of this.#lists) {
      const now = identityNow(joinDir(this.#listed.dir, relative));
      if (identity !== then.get(relative) || identity !== now) return true;
    }
    return false;
  }
}

/** Stands for a list that changed while it was read: nothing looks so. */
const SEVERAL = 'several';

const NO_FILE =
  'no rule file (*.yaml, *.yml or *.json) in this directory; "policies: []" in one says that there are no rules';

function digestOfAll({ digest }: LoadedBots, files: readonly MergedFile[]): string {
  const all = createHash('sha256').update(digest);
  for (const { file } of files) all.update(file.digest);
  return all.digest('hex');
}
