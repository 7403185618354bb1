import { z } from 'zod';
import { casesFileSchema } from './schema.js';

/** The format of cases files as a JSON Schema, for editors. Draft 7, since that is what they read. */
export function casesFileJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(casesFileSchema, { target: 'draft-7', io: 'input' }), undefined, 2)}\n`;
}
