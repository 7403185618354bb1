import type { JsonSchema } from './json-schema.js';

/**
 * The schema of the merge patches of what another schema describes (RFC 7396): no key is required, and each may be
 * `null`, which removes it. Lists are replaced whole, so that theirs is the schema itself.
 *
 * @param referred - the reference that takes the place of one
 */
export function mergePatchSchema(schema: JsonSchema, referred: (reference: string) => string): JsonSchema {
  const { required: _, minProperties: __, ...rest } = schema;
  const patch = (inner: JsonSchema) => mergePatchSchema(inner, referred);
  if (schema.$ref !== undefined) return { ...rest, $ref: referred(schema.$ref) };
  if (schema.anyOf !== undefined) return { ...rest, anyOf: schema.anyOf.map(patch) };
  if (schema.type !== 'object') return schema;
  const { properties, additionalProperties } = schema;
  return {
    ...rest,
    ...(properties && { properties: mapValues(properties, (inner) => orNull(patch(inner))) }),
    // Of a key that is not there, the removal changes nothing.
    additionalProperties: typeof additionalProperties === 'object' ? orNull(patch(additionalProperties)) : NULL,
  };
}

const NULL: JsonSchema = { type: 'null' };

function orNull({ description, ...schema }: JsonSchema): JsonSchema {
  return { ...(description !== undefined && { description }), anyOf: [schema, NULL] };
}

function mapValues<T, U>(mapping: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(mapping).map(([key, value]) => [key, change(value)]));
}
