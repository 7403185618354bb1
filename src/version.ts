import { readFileSync } from 'node:fs';

/** The version of the package that this file is part of; package.json stands beside the build's folder. */
export const version: string = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;
