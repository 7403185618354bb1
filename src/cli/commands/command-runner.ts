/** Runs a command and gives its exit code. A command's code is loaded when it runs. */
export type RunCommand = (run: () => Promise<number>) => Promise<void>;
