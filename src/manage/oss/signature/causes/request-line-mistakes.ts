import { joinedParameters } from '../joined-parameters.js';
import type { Mistake, WrongSignature } from './wrong-signature.js';

const METHODS = ['GET', 'PUT', 'POST', 'HEAD', 'DELETE'];

/** The method was rewritten, or the query is not signed as it should be. */
export function requestLineMistakes({ parts, authorization }: WrongSignature): Mistake[] {
  const { method, query, resource } = parts;
  const others = METHODS.filter((other) => other !== method).map((other) => ({
    cause: `the client signs ${other}, and ${method} came: a proxy changes the method, or the client signs for another operation`,
    parts: { ...parts, method: other },
  }));
  const unsigned = {
    cause: 'the client does not sign the query: sign ?referer as part of the resource',
    parts: { ...parts, query: [] },
  };
  if (authorization.version !== 'V1') return [...others, unsigned];
  const texts = [`${resource}?referer=`, `${resource}?${joinedParameters(query)}`];
  const literal = texts.map((text) => ({
    cause:
      'the client signs its query as it is sent: V1 signs the sub-resources alone, without "=" where there is no value',
    parts: { ...parts, query: [], resource: text },
  }));
  return [...others, unsigned, ...literal];
}
