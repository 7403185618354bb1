import { withoutSpace, withSpace } from '../../../spaced-secrets.js';
import type { Mistake, WrongSignature } from './wrong-signature.js';

/** So many other keys are tried. */
const MOST_KEYS = 50;

/** The client signs with something else than the secret, though somebody meant to give it the secret. */
export function secretMistakes({ key, settings }: WrongSignature): Mistake[] {
  return [
    ...withSpace(key.secret).map((secret) => ({ secret, cause: whiteSpace })),
    ...withoutSpace(key.secret).map((secret) => ({ secret, cause: whiteSpaceHere })),
    ...quotes(key.secret).map((secret) => ({ secret, cause: inQuotes })),
    ...encodings(key.secret).map(([secret, encoding]) => ({ secret, cause: encoded(encoding) })),
    { secret: key.id, cause: 'the client signs with the id of its access key: give it the secret' },
    { secret: '', cause: 'the client signs with an empty secret: the variable or file that it takes it from is empty' },
    {
      secret: `${key.secret}&`,
      cause: 'the client signs with "&" after the secret, as CDN clients do: use an OSS client',
    },
    ...otherKeys(key.id, settings),
  ];
}

const whiteSpace =
  "the client's secret has white space or a line break around it: take it off where the client reads it (echo -n, tr -d '\\n')";
const whiteSpaceHere = 'the secret in the settings has white space around it, and the one of the client has not';
const inQuotes = "the client's secret is in quotes: take them off (env files and YAML read them differently)";

function quotes(secret: string): string[] {
  return [`"${secret}"`, `'${secret}'`];
}

/** As Kubernetes keeps secrets, and as URLs hold them. */
function encodings(secret: string): [secret: string, encoding: string][] {
  const base64 = [secret, `${secret}\n`].map((text) => Buffer.from(text).toString('base64'));
  const decoded = Buffer.from(secret, 'base64').toString();
  return [
    ...base64.map((text): [string, string] => [text, 'base64']),
    [decoded, 'not in base64, and the one in the settings is'],
    [decoded.trim(), 'not in base64, and the one in the settings is'],
    [encodeURIComponent(secret), 'percent-encoded'],
    [percentDecoded(secret), 'not percent-encoded, and the one in the settings is'],
  ];
}

function encoded(encoding: string): string {
  return `the client's secret is ${encoding}: give both the same text`;
}

function percentDecoded(secret: string): string {
  try {
    return decodeURIComponent(secret);
  } catch {
    return secret;
  }
}

function otherKeys(id: string, { accessKeys }: WrongSignature['settings']): Mistake[] {
  const others = [...accessKeys.values()].filter((key) => key.id !== id).slice(0, MOST_KEYS);
  return others.map((key) => ({
    secret: key.secret,
    cause: `the client signs with the secret of another access key, "${key.id}": give it the id and the secret of one key`,
  }));
}
