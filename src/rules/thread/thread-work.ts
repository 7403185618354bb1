import { checkRuleFile, type RuleFileCheck } from '../check-rule-file.js';
import { RulesPacker } from '../image/pack-rules.js';
import type { RulesImage } from '../image/rules-image.js';
import { formatCount } from '../limits.js';
import { FolderLoader } from '../load/folder-loader.js';
import { PolicyIndex } from '../policy-index.js';
import { joinDir } from '../read/list-rule-files.js';
import { readAllPolicies } from '../read-all-policies.js';
import { formatRuleError, type RuleWarning } from '../rule-error.js';
import type {
  CheckAnswer,
  CheckFileQuestion,
  CheckQuestion,
  LoadAnswer,
  LoadQuestion,
  Questions,
  ThreadOptions,
} from './messages.js';

/** Lines of warnings that are handed over with rules, for the log: 100,000 would fill it, and take their time. */
const WARNINGS_TOLD = 1_000;

/** What the thread does; kept apart from how it is asked. */
export class ThreadWork {
  readonly #options: ThreadOptions;
  readonly #loader: FolderLoader;
  readonly #index: PolicyIndex;
  readonly #packer = new RulesPacker();
  #before: Promise<unknown> = Promise.resolve();

  constructor(options: ThreadOptions) {
    this.#options = options;
    this.#loader = new FolderLoader(options.dir, options);
    this.#index = new PolicyIndex(options.dir, (file) => this.#loader.namesIn(file));
  }

  /** Answers a question after those before it; never rejects for what is in files. */
  ask<K extends keyof Questions>(kind: K, question: Questions[K]['asks']): Promise<Questions[K]['says']> {
    const answer = this.#before.then(() => this.#work[kind](question));
    this.#before = answer.catch(() => undefined);
    return answer;
  }

  /** To be called when an image is on its way: what went with it is not kept a second time. */
  handedOver({ parts }: RulesImage): void {
    this.#loader.handOver(parts.flatMap(({ id, content }) => (content === undefined ? [] : [id])));
  }

  readonly #work: { readonly [K in keyof Questions]: (asks: Questions[K]['asks']) => Promise<Questions[K]['says']> } = {
    load: (question) => this.#load(question),
    check: (question) => this.#check(question),
    checkFile: (question) => this.#checkFile(question),
    places: (policies) => this.#index.placesOf(policies),
    find: ({ policy, own }) => this.#index.find(policy, own),
    policies: () => readAllPolicies(this.#options.dir),
  };

  async #load({ inForce, held, distrust }: LoadQuestion): Promise<LoadAnswer> {
    if (distrust) this.#loader.distrust();
    const result = await this.#loader.load({ inForce, held });
    const { digest, work } = result;
    if ('unchanged' in result) return { kind: 'unchanged', digest, work };
    if (!result.ok) return { kind: 'refused', errors: result.errors, reason: result.reason, digest, work };
    return {
      kind: 'image',
      image: this.#packer.pack(result.rules, held),
      digest,
      warnings: linesOf(result.warnings),
      work,
    };
  }

  async #check({ overlay, about }: CheckQuestion): Promise<CheckAnswer> {
    const contents = [...overlay].map(([path, bytes]) => [path, bytes && bufferOf(bytes)] as const);
    const result = await this.#loader.load({ overlay: new Map(contents) });
    // Nothing is in force that it could be the same as.
    if ('unchanged' in result) throw new Error('a check of files was asked about nothing');
    if (!result.ok) return { ok: false, errors: result.errors, reason: result.reason };
    const files = new Set(about.map((path) => joinDir(this.#options.dir, path)));
    return { ok: true, warnings: result.warnings.filter(({ file, because }) => files.has(file) || because) };
  }

  #checkFile({ bytes, relative, withBots }: CheckFileQuestion): Promise<RuleFileCheck> {
    const { dir, botRanges } = this.#options;
    return checkRuleFile(bufferOf(bytes), { dir, relative, botRanges: withBots ? botRanges : undefined });
  }
}

/** Messages carry a Buffer as the bytes that it is. */
function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function linesOf(warnings: readonly RuleWarning[]): string[] {
  const lines = warnings.slice(0, WARNINGS_TOLD).map(formatRuleError);
  const more = warnings.length - lines.length;
  return more === 0 ? lines : [...lines, `… and ${formatCount(more)} more warnings; "refgate validate" tells them all`];
}
