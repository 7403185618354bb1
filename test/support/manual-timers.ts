import type { Cancel, Timers } from '#refgate/rules/reload/timers.js';

interface Task {
  readonly due: number;
  readonly run: () => void;
}

/** Timers that stand still until a test lets time pass. */
export class ManualTimers implements Timers {
  #now = 0;
  readonly #tasks = new Set<Task>();

  /** How many tasks wait. */
  get pending(): number {
    return this.#tasks.size;
  }

  after(ms: number, run: () => void): Cancel {
    const task: Task = { due: this.#now + ms, run };
    this.#tasks.add(task);
    return () => {
      this.#tasks.delete(task);
    };
  }

  /** Lets time pass, and runs what falls due on the way, in order. */
  pass(ms: number): void {
    const end = this.#now + ms;
    for (let task = this.#next(end); task !== undefined; task = this.#next(end)) {
      this.#now = task.due;
      this.#tasks.delete(task);
      task.run();
    }
    this.#now = end;
  }

  #next(end: number): Task | undefined {
    const due = [...this.#tasks].filter((task) => task.due <= end).sort((a, b) => a.due - b.due);
    return due[0];
  }
}
