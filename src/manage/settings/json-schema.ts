import { z } from 'zod';
import { manageSettingsSchema } from './settings-schema.js';

/** The format of the settings file as a JSON Schema, for editors. Draft 7, since that is what they read. */
export function manageSettingsJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(manageSettingsSchema, { target: 'draft-7', io: 'input' }), undefined, 2)}\n`;
}
