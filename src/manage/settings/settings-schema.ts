import { z } from 'zod';
import { describeValue } from '../../rules/describe-value.js';
import { POLICY_NAME, POLICY_NAME_FORM } from '../../rules/validate/policy-name.js';
import { describeText, oneOf, textLike } from '../../rules/validate/schema-texts.js';

const policyName = textLike(POLICY_NAME, POLICY_NAME_FORM);

/** In the part that holds secrets no message quotes what it found: two values may have changed places. */
const hiddenRole = z.enum(['viewer', 'editor'], { error: 'expected "viewer" or "editor"' });

const shownRole = oneOf(['viewer', 'editor']);

const rights = (what: string) =>
  z
    .record(z.string(), shownRole)
    .optional()
    .describe(`What the key may do: viewer reads, editor changes, by ${what}; "*" is every one. Default: nothing.`);

const secret = z.string({ error: ({ input }) => `expected text${quotesAdvice(input)}` }).optional();

const secretKeys = {
  secret: secret.describe('The secret itself.'),
  secretFile: z
    .string({ error: 'expected the path of a file' })
    .optional()
    .describe('The file that holds the secret, relative to this one; one line break at its end is left out.'),
};

const accessKeySchema = z
  .strictObject({
    id: z
      .string({ error: ({ input }) => `expected text${quotesAdvice(input)}` })
      .regex(/^[^\s:,/"\\\p{Cc}]{1,128}$/u, {
        error: 'expected 1 to 128 characters without white space, ":", ",", "/", quotes and backslashes',
      })
      .describe('What the key is known by; stands in the log.'),
    ...secretKeys,
    buckets: rights('bucket'),
    domains: rights('CDN domain'),
  })
  .describe('A key that signs OSS and CDN requests. Give it exactly one of secret and secretFile.');

const tokenSchema = z
  .strictObject({
    name: z
      .string({ error: ({ input }) => `expected text${quotesAdvice(input)}` })
      .regex(/^[^\p{Cc}]{1,128}$/u, { error: 'expected 1 to 128 characters, none of them a control character' })
      .describe('Whom the audit log names.'),
    ...secretKeys,
    role: hiddenRole.describe('viewer reads, editor changes.'),
  })
  .describe('A bearer token of the native REST API. Give it exactly one of secret and secretFile.');

const bucketSchema = z
  .strictObject({
    name: textLike(/^[a-z0-9_-]{3,63}$/, '3 to 63 characters of a-z, 0-9, "_" and "-"').describe('Name of the bucket.'),
    hosts: z
      .array(z.string())
      .min(1, { error: 'an empty list would make a policy that covers nothing; write the hosts that serve the bucket' })
      .describe('`match.hosts` of the policy; a request to one of the exact ones names the bucket.'),
    policy: policyName.optional().describe("Name of the policy, and of its file. Default: the bucket's name."),
  })
  .describe('A bucket, as OSS SDKs name it.');

const domainName = z.string().describe('`cdn.shop.example`, or a wildcard domain: `.shop.example` (all below it).');

const domainSchema = z.union(
  [
    domainName,
    z
      .strictObject({
        name: domainName,
        policy: policyName.optional().describe('Name of the policy, and of its file. Default: the name of the domain.'),
      })
      .describe('A domain and the name of its policy.'),
  ],
  { error: ({ input }) => `expected a domain name, or a mapping with "name", got ${describeText(input)}` },
);

/**
 * The format of the settings file of the management listener, once: it is read by it, and editors complete by the JSON
 * Schema made from it (`deploy/manage.schema.json`).
 */
export const manageSettingsSchema = z
  .strictObject({
    managed: z
      .string()
      .min(1, { error: 'expected the name of a folder, such as managed' })
      .optional()
      .describe('The folder, inside the rule folder, of the files that the APIs write. Default: managed.'),
    readOnly: z.boolean().optional().describe('True: reads are answered, every change is refused. Default: false.'),
    maxSkewSeconds: wholeNumber(1, 86_400)
      .optional()
      .describe("Signed requests further from the server's clock are refused. Default: 900."),
    requestsPerSecond: wholeNumber(0, 1_000_000)
      .optional()
      .describe('Of each access key and each token; 0: no limit. Default: 50.'),
    accessKeys: z.array(accessKeySchema).optional().describe('Who may sign OSS and CDN requests. Default: nobody.'),
    tokens: z.array(tokenSchema).optional().describe('Bearer tokens of the native REST API. Default: none.'),
    buckets: z.array(bucketSchema).optional().describe('Buckets of the OSS API. Default: none.'),
    domains: z.array(domainSchema).optional().describe('Domains of the CDN API. Default: none.'),
  })
  .meta({
    title: 'refgate management settings',
    description: 'Who may manage which rules by API. Every key that is not listed here is an error.',
  });

/** A settings file when nothing is wrong with its form. */
export type ManageSettingsSource = z.infer<typeof manageSettingsSchema>;

/** The lists that hold secrets, each with the keys that their items may have. */
export const secretLists: Readonly<Record<string, readonly string[]>> = {
  accessKeys: Object.keys(accessKeySchema.shape),
  tokens: Object.keys(tokenSchema.shape),
};

function wholeNumber(least: number, most: number) {
  const error = ({ input }: { readonly input?: unknown }) =>
    `expected a whole number from ${least} to ${most}, got ${describeValue(input)}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

function quotesAdvice(input: unknown): string {
  if (input === undefined) return '; the key is missing';
  return typeof input === 'number' || typeof input === 'boolean' ? '; put it in quotes' : '';
}
