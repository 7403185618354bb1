import { z } from 'zod';
import { quote } from '../key-path.js';
import { condition, textLike } from './schema-texts.js';

/** RFC 9110 §5.6.2. Methods and header names are tokens. */
export const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

export const methodSchema = textLike(TOKEN, 'a request method such as GET').describe('A request method, in any case.');

export const networkSchema = z.string().describe('An IP address or a CIDR block.');

const host = z
  .string()
  .describe(
    '`cdn.example.com` (only itself), `*.example.com` (any depth below it), `a*b.example.com`, or `**` (every host).',
  );

const pathGlob = textLike(/^(?:\/|\*\*)/, 'a path that begins with "/" or "**"', rootedGlobs).describe(
  'Case-sensitive. `*` within a segment, `**` across segments, `?` one character: `/images/**`, `/video/*.mp4`.',
);

const extension = textLike(
  /^[^./\s*?]+$/,
  'a file extension without dots and wildcards, such as jpg (of a.tar.gz it is gz)',
).describe('Without the dot, in any case: `jpg`.');

export const matchSchema = z
  .strictObject({
    hosts: condition(host).optional().describe("The request's host. Case, port and a trailing dot are ignored."),
    paths: condition(pathGlob)
      .optional()
      .describe("The request's path, percent-decoded once, dot segments resolved, runs of slashes counted as one."),
    extensions: condition(extension).optional().describe('The extension of the last path segment.'),
    methods: condition(methodSchema).optional().describe('The request method.'),
    schemes: condition(textLike(/^[Hh][Tt][Tt][Pp][Ss]?$/, '"http" or "https"'))
      .optional()
      .describe('The scheme of the request: `http` or `https`.'),
    clientIps: condition(networkSchema).optional().describe('The address of the client.'),
  })
  .describe('Which requests the policy covers. All given keys must hold; without `match` it covers every request.');

/** Paths begin with a slash, so `*.jpg` would cover nothing, and a policy that covers nothing protects nothing. */
function rootedGlobs(glob: string): string {
  const inAnyFolder = quote(`/**/${glob}`);
  return glob.startsWith('*')
    ? `write ${quote(`*${glob}`)} or ${inAnyFolder}`
    : `write ${quote(`/${glob}`)} or ${inAnyFolder}`;
}
