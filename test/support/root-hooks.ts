import { stopLeftovers } from './started-process.js';

/** Mocha's root hooks for suites that start processes; given to it by `--require`. */
export const mochaHooks = { afterAll: stopLeftovers };
