import { type HeaderName, headerRefs } from './headers.js';
import { type JsonSchema, schemaRef } from './json-schema.js';
import { parameterRefs } from './parameters.js';
import { problemRefs } from './problem-responses.js';

const JSON_TYPE = 'application/json';

/** What every operation can answer: no token, a bad path, too many requests, a fault of our own. */
const EVERYWHERE = [400, 401, 429, 500] as const;

const READS = [...EVERYWHERE, 412, 503] as const;

const CHANGES = [...EVERYWHERE, 403, 404, 409, 412, 428, 503] as const;

const WITH_BODY = [...CHANGES, 413, 415, 422] as const;

/** The headers of a change that holds. */
const CHANGED = ['ETag', 'x-refgate-generation', 'x-refgate-warnings'] as const;

/** A response that holds something. */
function content(description: string, schema: JsonSchema, ...names: readonly HeaderName[]) {
  return { description, headers: headerRefs(names), content: { [JSON_TYPE]: { schema } } };
}

function notModified(...names: readonly HeaderName[]) {
  return { description: 'Not modified: it is what If-None-Match names.', headers: headerRefs(names) };
}

function body(schema: JsonSchema, ...types: readonly string[]) {
  return { required: true, content: Object.fromEntries(types.map((type) => [type, { schema }])) };
}

/** Every operation, by path and method. */
export const paths = {
  '/v1/policies': withHead({
    operationId: 'listPolicies',
    summary: 'Every policy, in the order in which they decide, whoever wrote it',
    parameters: parameterRefs('IfNoneMatchRead'),
    responses: {
      200: content('The policies.', schemaRef('PolicyList'), 'ETag'),
      304: notModified('ETag'),
      ...problemRefs(READS),
    },
  }),
  '/v1/policies/{name}': {
    parameters: parameterRefs('Name'),
    ...withHead({
      operationId: 'readPolicy',
      summary: 'One policy, whoever wrote it',
      parameters: parameterRefs('IfNoneMatchRead'),
      responses: {
        200: content('The policy.', schemaRef('Policy'), 'ETag', 'x-refgate-generation'),
        304: notModified('ETag', 'x-refgate-generation'),
        ...problemRefs([...READS, 404]),
      },
    }),
    put: {
      operationId: 'putPolicy',
      summary: 'Replace a policy, or make one',
      parameters: parameterRefs('IfMatch', 'IfNoneMatch'),
      requestBody: body(schemaRef('PolicyInput'), JSON_TYPE),
      responses: {
        200: content('The policy as it is now.', schemaRef('Policy'), ...CHANGED),
        201: content('The new policy.', schemaRef('Policy'), ...CHANGED, 'Location'),
        ...problemRefs(WITH_BODY.filter((status) => status !== 404)),
      },
    },
    patch: {
      operationId: 'patchPolicy',
      summary: 'Change parts of a policy by a JSON merge patch',
      parameters: parameterRefs('IfMatch', 'IfNoneMatch'),
      requestBody: body(schemaRef('PolicyPatch'), 'application/merge-patch+json', JSON_TYPE),
      responses: {
        200: content('The policy as it is now.', schemaRef('Policy'), ...CHANGED),
        ...problemRefs(WITH_BODY),
      },
    },
    delete: {
      operationId: 'deletePolicy',
      summary: 'Remove a policy',
      parameters: parameterRefs('IfMatch', 'IfNoneMatch'),
      responses: {
        204: { description: 'It is removed.', headers: headerRefs(['x-refgate-generation', 'x-refgate-warnings']) },
        ...problemRefs([...CHANGES, 415, 422]),
      },
    },
  },
  '/v1/validate': {
    post: {
      operationId: 'validate',
      summary: 'Check a rule file as `refgate validate` does; nothing is written',
      requestBody: {
        required: true,
        description:
          'A rule file, YAML or JSON, whatever the content type says. Its list files are read from the rule directory.',
        content: { '*/*': { schema: { type: 'string' } } },
      },
      responses: {
        200: content('What is wrong with it, if anything.', schemaRef('ValidationReport')),
        ...problemRefs([...EVERYWHERE, 413, 415]),
      },
    },
  },
  '/v1/openapi.json': withHead({
    operationId: 'readOpenApi',
    summary: 'This document',
    parameters: parameterRefs('IfNoneMatchRead'),
    responses: {
      200: content('An OpenAPI 3.1 document.', { type: 'object' }, 'ETag'),
      304: notModified('ETag'),
      ...problemRefs([...EVERYWHERE, 412]),
    },
  }),
};

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly responses: Readonly<Record<string, object>>;
  readonly parameters: readonly object[];
}

/** `HEAD` is answered as `GET` is, without the body. */
function withHead(get: Operation): { readonly get: Operation; readonly head: Operation } {
  const responses = Object.entries(get.responses).map(([status, response]) => {
    const { content: _, ...rest } = response as { content?: unknown };
    return [status, rest];
  });
  const operationId = `${get.operationId}Head`;
  return {
    get,
    head: { ...get, operationId, summary: `${get.summary}: headers alone`, responses: Object.fromEntries(responses) },
  };
}
