import { z } from 'zod';
import { ruleFileSchema } from './schema.js';

/**
 * The format of rule files as a JSON Schema, for editors. Draft 7, since that is what they read. It knows types, keys
 * and forms; what takes more than one key to judge (names used twice, patterns, list files) is left to the loader.
 */
export function ruleFileJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(ruleFileSchema, { target: 'draft-7', io: 'input' }), undefined, 2)}\n`;
}
