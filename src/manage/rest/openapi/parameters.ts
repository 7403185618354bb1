import { z } from 'zod';
import { policySchema } from '../../../rules/validate/schema.js';

const header = (name: string, description: string) => ({
  name,
  in: 'header',
  description,
  schema: { type: 'string' },
});

/** The parameters of requests, by the name of their component. */
export const parameters = {
  Name: { name: 'name', in: 'path', required: true, description: 'Name of the policy.', schema: nameSchema() },
  IfMatch: header(
    'If-Match',
    'ETag that the policy was read with, or a list, or *. A change of a policy that exists needs it; 412 if it is no longer that one.',
  ),
  IfNoneMatch: header('If-None-Match', 'With *: 412 where the policy exists.'),
  IfNoneMatchRead: header('If-None-Match', 'ETag of what is known already, or a list; 304 if it is still that one.'),
};

/** References to some parameters. */
export function parameterRefs(...names: readonly (keyof typeof parameters)[]): { readonly $ref: string }[] {
  return names.map((name) => ({ $ref: `#/components/parameters/${name}` }));
}

function nameSchema(): object {
  const { $schema: _, ...schema } = z.toJSONSchema(policySchema.shape.name, { target: 'draft-2020-12' });
  return schema;
}
