import { writeFileSync } from 'node:fs';
import { manageSettingsJsonSchema } from './json-schema.js';

/** Run by `npm run generate:schema`; a unit test fails while the committed file is another. */
writeFileSync(process.argv[2] ?? 'deploy/manage.schema.json', manageSettingsJsonSchema());
