import { z } from 'zod';
import { describeValue } from '../rules/describe-value.js';
import { quote } from '../rules/key-path.js';
import { nearestWord } from '../rules/validate/nearest-word.js';
import { alternatives, oneOf } from '../rules/validate/schema-texts.js';
import { reasons } from './reasons.js';

interface Raw {
  readonly input?: unknown;
}

/** One value of a header, or several in order. */
const headerValues = z.union([z.string(), z.array(z.string())], {
  error: ({ input }: Raw) => {
    const wrong: unknown = Array.isArray(input) ? input.find((item) => typeof item !== 'string') : input;
    const advice = typeof wrong === 'number' || typeof wrong === 'boolean' ? '; put it in quotes' : '';
    return `expected text or a list of texts, got ${describeValue(wrong)}${advice}`;
  },
});

const requestSchema = z
  .strictObject({
    url: z.string().describe('What is asked for: an absolute http or https URL.'),
    method: z.string().optional().describe('Request method. Default: GET.'),
    referer: headerValues
      .nullable()
      .optional()
      .describe('The Referer header. Left out or null: the request has none; "": it is blank; a list: it has several.'),
    headers: z.record(z.string(), headerValues).optional().describe('Other headers by name, each a text or a list.'),
    clientIp: z.string().optional().describe('Address of the client.'),
    policy: z
      .string()
      .optional()
      .describe('Decide by this policy, as where a proxy names it (context_extensions). Default: the rules choose.'),
  })
  .describe('The request that is tried.');

const reasonSchema = z.enum(reasons, {
  error: ({ input }: Raw) => {
    const meant = typeof input === 'string' ? nearestWord(input, reasons) : undefined;
    const advice = meant === undefined ? `; the reasons are ${alternatives(reasons)}` : `; did you mean ${meant}?`;
    const found = typeof input === 'string' ? quote(input) : describeValue(input);
    return `expected a reason, got ${found}${advice}`;
  },
});

const STATUS = { error: ({ input }: Raw) => `expected an HTTP status such as 403, got ${describeValue(input)}` };

const expectSchema = z
  .strictObject({
    decision: oneOf(['allow', 'deny']).describe('The verdict; shadow mode does not change it.'),
    reason: reasonSchema.optional().describe('Why.'),
    policy: z.string().nullable().optional().describe('Name of the policy that decides; null or "" where none does.'),
    status: z
      .int(STATUS)
      .min(100, STATUS)
      .max(599, STATUS)
      .optional()
      .describe('What the client gets; 200 where the request passes, which a deny in shadow mode does too.'),
    location: z.string().nullable().optional().describe('Where the client is sent; null: nowhere.'),
  })
  .describe('What the rules should say. Keys that are left out are not compared.');

const caseSchema = z
  .strictObject({
    name: z.string().min(1, { error: 'a name says what the case shows; write one' }).describe('What the case shows.'),
    request: requestSchema,
    expect: expectSchema,
  })
  .describe('A request, and what the rules should say of it.');

/**
 * The format of a cases file, once: files are validated by it, editors complete by the JSON Schema made from it
 * (`deploy/cases.schema.json`), and the types below are taken from it.
 */
export const casesFileSchema = z
  .strictObject({
    cases: z
      .array(caseSchema)
      .min(1, { error: 'an empty list checks nothing, and would pass whatever the rules say; write a case' })
      .describe('Tried in this order, each by itself.'),
  })
  .meta({ title: 'refgate cases file', description: 'Requests and what the rules should say of them.' });

/** A cases file when nothing is wrong with it. */
export type CasesFile = z.infer<typeof casesFileSchema>;
/** A case as its file gives it. */
export type CaseSource = z.infer<typeof caseSchema>;
/** What a case says of the outcome. */
export type Expectation = z.infer<typeof expectSchema>;
