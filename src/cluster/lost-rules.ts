/**
 * Whether rules that were lost with all workers are worth another try at once. One: rules that workers die of would take
 * them down again and again, and can wait for the reload that comes in any case.
 */
export class LostRules {
  #isLost = false;
  #wasTried = false;

  /** All workers have ended while they made rules ready. */
  lose(): void {
    this.#isLost = !this.#wasTried;
  }

  /** To be asked when a worker serves; true once after rules were lost. */
  takeChance(): boolean {
    const isLost = this.#isLost;
    this.#isLost = false;
    this.#wasTried ||= isLost;
    return isLost;
  }

  /** Rules are in force: those that were lost are so, too, or nobody wants them any more. */
  forget(): void {
    this.#isLost = false;
    this.#wasTried = false;
  }
}
