#!/usr/bin/env node
import { runCommandLine } from './cli/program.js';

const exitCode = await runCommandLine(process.argv.slice(2));
process.exit(exitCode);
