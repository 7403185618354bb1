import type { PolicyScope } from '../compile/policy-scope.js';
import type { KeyPath } from '../key-path.js';
import { formatCount } from '../limits.js';
import type { WarningCode } from '../rule-error.js';

/**
 * The warnings about one policy. Those that it silences are not told, and of one kind only the first: one entry too
 * many can shadow 100,000 others, and a reload writes each warning into the log.
 */
export class PolicyWarnings {
  readonly #scope: PolicyScope;
  readonly #counts = new Map<WarningCode, number>();
  readonly #firstUntold = new Map<WarningCode, KeyPath>();

  constructor(scope: PolicyScope) {
    this.#scope = scope;
  }

  /** `below` is the way from the policy to what is meant. `message` says what it does and what to write instead. */
  warn(code: WarningCode, below: KeyPath, message: string): void {
    if (this.#scope.silence.has(code)) return;
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count <= this.#scope.session.limits.errorsShown) {
      this.#tell(code, below, `${message}; silence ${code} if that is meant`);
    } else if (!this.#firstUntold.has(code)) {
      this.#firstUntold.set(code, below);
    }
  }

  /** Says how many were not told. */
  close(): void {
    for (const [code, below] of this.#firstUntold) {
      const more = (this.#counts.get(code) ?? 0) - this.#scope.session.limits.errorsShown;
      this.#tell(code, below, `… and ${formatCount(more)} more ${code} in this policy`);
    }
  }

  #tell(code: WarningCode, below: KeyPath, message: string): void {
    this.#scope.findings.warn(code, [...this.#scope.path, ...below], message);
  }
}
