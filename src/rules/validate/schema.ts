import { z } from 'zod';
import { BOT_NAME } from '../bots/bot-ranges.js';
import { WARNING_CODES } from '../rule-error.js';
import { POLICY_NAME, POLICY_NAME_FORM } from './policy-name.js';
import { denySchema } from './schema-deny.js';
import { matchSchema, methodSchema, networkSchema } from './schema-match.js';
import { refererSchema } from './schema-referer.js';
import { oneOf, textLike } from './schema-texts.js';

const name = textLike(POLICY_NAME, POLICY_NAME_FORM).describe(
  'Unique among all files; appears in logs, metrics and metadata.',
);

const bot = textLike(
  BOT_NAME,
  'a bot\'s name as in the name of its range file: a-z, 0-9, "_" and "-", such as googlebot',
).describe('`googlebot` for googlebot.json of --bot-ranges.');

const exemptSchema = z
  .strictObject({
    authorization: z
      .boolean()
      .optional()
      .describe('True: a request with a non-empty Authorization header is not checked.'),
    methods: z.array(methodSchema).optional().describe('Methods that are not checked, such as OPTIONS.'),
    clientIps: z.array(networkSchema).optional().describe('Clients that are not checked.'),
    userAgents: z
      .array(z.string())
      .optional()
      .describe('User agents that are not checked; `*` any run, `?` one character, the whole value, case ignored.'),
    verifiedBots: z
      .array(bot)
      .optional()
      .describe(
        'Crawlers that are not checked when the user agent names them and the client is in the address ranges that --bot-ranges has of them.',
      ),
  })
  .describe('Requests that are not checked. A user agent is easily forged.');

/** One policy of a rule file. */
export const policySchema = z
  .strictObject({
    name,
    description: z.string().optional().describe('Free text.'),
    mode: oneOf(['enforce', 'shadow'])
      .optional()
      .describe('shadow: decide, count and log, but let the request pass. Default: enforce.'),
    match: matchSchema.optional(),
    referer: refererSchema,
    exempt: exemptSchema.optional(),
    onDeny: denySchema.optional(),
    silence: z
      .array(z.string())
      .optional()
      .describe(`Codes of the warnings not to give for this policy: ${WARNING_CODES.join(', ')}.`),
  })
  .describe('The first policy whose `match` holds decides.');

/**
 * The format of a rule file, once: files are validated by it, editors complete by the JSON Schema made from it
 * (`deploy/rules.schema.json`), and the types below are taken from it.
 */
export const ruleFileSchema = z
  .strictObject({ policies: z.array(policySchema).describe('In order of precedence.') })
  .meta({ title: 'refgate rule file', description: 'Referer rules. Every key that is not listed here is an error.' });

/** A policy as a rule file gives it, when nothing is wrong with it. */
export type PolicySource = z.infer<typeof policySchema>;
