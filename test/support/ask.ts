import { type Agent, type IncomingMessage, request } from 'node:http';

/** A request, written to the wire as it is: no client normalises the path or joins header lines. */
export interface Question {
  readonly target: string;
  readonly host?: string;
  readonly method?: string;
  /** Each value is a header line of its own. */
  readonly referers?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly agent?: Agent;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** All values of a header, in order, split at commas. */
  values(header: string): string[];
}

/** Asks the server at `host:port`. Rejects when the connection fails before an answer is complete. */
export function ask(address: string, question: Question): Promise<Answer> {
  const { target, host = 'cdn.shop.example', method = 'GET', referers = [], headers = {} } = question;
  const lines = [['Host', host], ...referers.map((referer) => ['Referer', referer]), ...Object.entries(headers)];
  const colon = address.lastIndexOf(':');
  return new Promise((resolve, reject) => {
    const sent = request({
      host: address.slice(0, colon),
      port: Number(address.slice(colon + 1)),
      path: target,
      method,
      headers: lines.flat(),
      agent: question.agent ?? false,
    });
    sent.once('error', reject);
    sent.once('response', (response) => {
      read(response).then(resolve, reject);
    });
    sent.end();
  });
}

async function read(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return {
    status: response.statusCode ?? 0,
    body: Buffer.concat(chunks).toString(),
    values: (header) => (response.headersDistinct[header.toLowerCase()] ?? []).flatMap(atCommas),
  };
}

function atCommas(value: string): string[] {
  return value.split(',').map((part) => part.trim().toLowerCase());
}
