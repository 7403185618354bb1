import type { AuthzRequest } from '../model/authz-request.js';
import type { NormalRequest } from './normalise-request.js';
import { type NamedValues, readCookies, readParameters } from './read-values.js';

/** One request as conditions ask about it. What takes parsing is parsed when a condition first asks, and once. */
export class RequestFacts {
  readonly request: AuthzRequest;
  readonly normal: NormalRequest;
  #parameters: NamedValues | undefined;
  #cookies: NamedValues | undefined;

  constructor(request: AuthzRequest, normal: NormalRequest) {
    this.request = request;
    this.normal = normal;
  }

  get parameters(): NamedValues {
    this.#parameters ??= readParameters(this.normal.query);
    return this.#parameters;
  }

  get cookies(): NamedValues {
    this.#cookies ??= readCookies(this.request.headers.get('cookie'));
    return this.#cookies;
  }
}
