import { writeFileSync } from 'node:fs';
import { casesFileJsonSchema } from './json-schema.js';

/** Run by `npm run generate:schema`; a unit test fails while the committed file is another. */
writeFileSync(process.argv[2] ?? 'deploy/cases.schema.json', casesFileJsonSchema());
