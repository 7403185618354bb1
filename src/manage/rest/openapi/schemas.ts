import { z } from 'zod';
import { WARNING_CODES } from '../../../rules/rule-error.js';
import { policySchema } from '../../../rules/validate/schema.js';
import { PROBLEM_STATUSES } from '../problem.js';
import { type JsonSchema, schemaRef } from './json-schema.js';
import { mergePatchSchema } from './merge-patch-schema.js';

/** The schemas of the document, by name. Those of policies are made from the one that validates rule files. */
export function schemas(): Readonly<Record<string, JsonSchema>> {
  const { policy, condition } = policySchemas();
  const { required = [], ...keys } = policy;
  const toPatch = (reference: string) => (reference === CONDITION.$ref ? `${reference}Patch` : reference);
  return {
    Policy: policy,
    PolicyInput: { ...keys, required: required.filter((key) => key !== 'name') },
    PolicyPatch: { ...mergePatchSchema(policy, toPatch), description: PATCH_DESCRIPTION },
    Condition: condition,
    ConditionPatch: mergePatchSchema(condition, toPatch),
    PolicyList: object({ generation, policies: { type: 'array', items: schemaRef('Policy') } }),
    ValidationReport: object({
      ok: { type: 'boolean', description: 'True: there are no errors.' },
      errors: { type: 'array', items: schemaRef('RuleError') },
      warnings: { type: 'array', items: schemaRef('RuleWarning'), description: 'Told of files without errors alone.' },
    }),
    RuleError: object(ruleError, ['file']),
    RuleWarning: object({ ...ruleError, code: { type: 'string', enum: [...WARNING_CODES] } }, ['file']),
    PolicyWarnings: object({
      count: count('How many there are.'),
      warnings: { type: 'array', items: schemaRef('PolicyWarning'), description: 'The first ones, up to 2 KiB.' },
    }),
    PolicyWarning: object({
      code: { type: 'string', enum: [...WARNING_CODES] },
      file: text('The rule file, below the rule directory.'),
      path: ruleError.path,
      message: ruleError.message,
    }),
    PolicyMistake: object({ ...ruleError, path: withinPolicy }, ['file', 'line', 'column']),
    Problem: problem,
  };
}

const CONDITION = schemaRef('Condition') as { readonly $ref: string };

const PATCH_DESCRIPTION = 'A JSON merge patch (RFC 7396) of a policy: what is null is removed, lists are replaced.';

/** zod puts what refers to itself under `$defs`. */
function policySchemas(): { readonly policy: JsonSchema; readonly condition: JsonSchema } {
  const text = JSON.stringify(z.toJSONSchema(policySchema, { target: 'draft-2020-12', io: 'input' }));
  const {
    $schema: _,
    $defs,
    ...policy
  } = JSON.parse(text.replaceAll('#/$defs/condition', CONDITION.$ref)) as JsonSchema;
  return { policy, condition: ($defs as { readonly condition: JsonSchema }).condition };
}

const text = (description: string): JsonSchema => ({ type: 'string', description });

const count = (description: string): JsonSchema => ({ type: 'integer', minimum: 1, description });

const generation: JsonSchema = {
  type: 'integer',
  minimum: 0,
  description: 'Number of the rules in force; it grows with every change.',
};

const ruleError = {
  line: count('From 1.'),
  column: count('From 1, in UTF-16 code units.'),
  path: text('The key at fault, such as `policies[2].referer.allow[0]`; empty: the file as a whole.'),
  message: text('What is wrong, what was expected, what to do.'),
  file: text('The list file that it is in, below the rule directory; not given for what was sent.'),
};

const withinPolicy = text(
  'The key at fault within the policy, such as `referer.allow[0]`; empty: the policy as a whole.',
);

/** RFC 9457. */
const problem: JsonSchema = {
  ...object(
    {
      type: { type: 'string', const: 'about:blank' },
      title: text('The words of the status.'),
      status: { type: 'integer', enum: [...new Set(Object.values(PROBLEM_STATUSES))] },
      detail: text('What is wrong, and what to do.'),
      code: {
        type: 'string',
        enum: Object.keys(PROBLEM_STATUSES),
        description: 'What tells one problem from another.',
      },
      errors: { type: 'array', items: schemaRef('PolicyMistake'), description: 'With invalid_policy: every mistake.' },
    },
    ['errors'],
  ),
  description: 'Why the request was not done (RFC 9457).',
};

function object(properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema {
  const required = Object.keys(properties).filter((key) => !optional.includes(key));
  return { type: 'object', properties, required, additionalProperties: false };
}
