import { policySchema } from '../../rules/validate/schema.js';

/** Whether a policy can have this name. Only such a name is ever looked for in a folder: `../x` and `a/b` are none. */
export function isPolicyName(text: string): boolean {
  return policySchema.shape.name.safeParse(text).success;
}
