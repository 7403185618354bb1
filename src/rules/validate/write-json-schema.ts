import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ruleFileJsonSchema } from './json-schema.js';

/** Run by `npm run generate:schema`; a unit test fails while the committed file is another. */
const path = process.argv[2] ?? 'deploy/rules.schema.json';
mkdirSync(dirname(path), { recursive: true });
writeFileSync(path, ruleFileJsonSchema());
