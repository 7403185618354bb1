import { schemaRef } from './json-schema.js';

const text = (description: string, more: object = {}) => ({ description, ...more, schema: { type: 'string' } });

const ALWAYS = { required: true };

/** The headers of responses, by name: the components that responses refer to. */
export const headers = {
  ETag: text('Strong entity tag of the representation; send it in If-Match with a change.', ALWAYS),
  Location: text('Path of the new policy.', ALWAYS),
  'x-refgate-generation': {
    description: 'Number of the rules in force; those of a change are in force when it is answered.',
    ...ALWAYS,
    schema: { type: 'integer', minimum: 0 },
  },
  'x-refgate-warnings': {
    description: 'What is probably not meant. JSON in ASCII; not given where there are no warnings.',
    content: { 'application/json': { schema: schemaRef('PolicyWarnings') } },
  },
  'WWW-Authenticate': text('Bearer (RFC 6750).', ALWAYS),
  'Retry-After': { description: 'Seconds to wait.', ...ALWAYS, schema: { type: 'integer', minimum: 1 } },
  Accept: text('With PUT: the media type that is taken.'),
  'Accept-Patch': text('With PATCH: the media types that are taken (RFC 5789).'),
  'Accept-Encoding': text('The content coding that is taken.'),
};

/** A reference to a header of the document. */
export function headerRef(name: string): { readonly $ref: string } {
  return { $ref: `#/components/headers/${name}` };
}

/** One of them. */
export type HeaderName = keyof typeof headers;

/** References to some headers, by name. */
export function headerRefs(names: readonly HeaderName[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, headerRef(name)]));
}
