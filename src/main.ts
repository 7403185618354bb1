#!/usr/bin/env -S node --max-semi-space-size=32 --min-semi-space-size=16
import { runCommandLine } from './cli/program.js';
import { outputWritten, tolerateClosedPipes } from './cli/standard-output.js';

tolerateClosedPipes();
const exitCode = await runCommandLine(process.argv.slice(2));
await outputWritten();
process.exit(exitCode);
