#!/usr/bin/env node
import { runCommandLine } from './cli/program.js';
import { outputWritten, tolerateClosedPipes } from './cli/standard-output.js';

tolerateClosedPipes();
const exitCode = await runCommandLine(process.argv.slice(2));
await outputWritten();
process.exit(exitCode);
