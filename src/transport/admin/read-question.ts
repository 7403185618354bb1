import { z } from 'zod';
import type { UrlRequest } from '../request-from-url.js';
import { parseHeaderLine } from '../request-from-url.js';

/** What is wrong with a question, one sentence for each mistake. */
export interface QuestionProblems {
  readonly problems: readonly string[];
}

const texts = z.union([z.string(), z.array(z.string())]);

/** What is asked about must be said; the text stands where nothing, or no text, was given. */
const url = z.string({ error: 'expected a URL such as https://cdn.example/a.jpg' });

/** `?url=…&referer=…&header=K: V&header=…`. No `referer`: the request has none. An empty one: it is blank. */
const query = z.strictObject({
  url,
  method: z.string().optional(),
  referer: texts.optional(),
  header: texts.optional(),
  clientIp: z.string().optional(),
  policy: z.string().optional(),
});

/** `referer` is one value, several, or `null` for none. */
const body = z.strictObject({
  url,
  method: z.string().optional(),
  referer: texts.nullable().optional(),
  headers: z.record(z.string(), texts).optional(),
  clientIp: z.string().optional(),
  policy: z.string().optional(),
});

/** The request that `GET /v1/explain` asks about. */
export function readQuery(given: unknown): UrlRequest | QuestionProblems {
  const { data, error } = query.safeParse(given);
  if (error !== undefined) return problemsOf(error);
  const headers: (readonly [string, string])[] = [];
  for (const line of list(data.header)) {
    const header = parseHeaderLine(line);
    if (header === undefined) return { problems: [`header: expected "Name: value", got "${line}"`] };
    headers.push(header);
  }
  const { url, method, clientIp, policy } = data;
  return { url, method, clientIp, policy, headers, referers: list(data.referer) };
}

/** The request that `POST /v1/explain` asks about. */
export function readBody(given: unknown): UrlRequest | QuestionProblems {
  const { data, error } = body.safeParse(given);
  if (error !== undefined) return problemsOf(error);
  const { url, method, clientIp, policy } = data;
  const headers = Object.entries(data.headers ?? {}).flatMap(([name, values]) =>
    list(values).map((value) => [name, value] as const),
  );
  return { url, method, clientIp, policy, headers, referers: list(data.referer) };
}

function list(given: string | readonly string[] | null | undefined): readonly string[] {
  if (given === null || given === undefined) return [];
  return typeof given === 'string' ? [given] : given;
}

function problemsOf(error: z.ZodError): QuestionProblems {
  return {
    problems: error.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`)),
  };
}
