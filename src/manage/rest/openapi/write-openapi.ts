import { writeFileSync } from 'node:fs';
import { openApiDocument } from './document.js';

/** Run by `npm run generate:schema`; a unit test fails while the committed file is another. */
writeFileSync(process.argv[2] ?? 'deploy/openapi.json', `${JSON.stringify(openApiDocument(), undefined, 2)}\n`);
