import type { AuthzRequest } from '../model/authz-request.js';
import type { Expectation } from './schema.js';

/** A request to try and what the rules should say of it. */
export interface TestCase {
  readonly name: string;
  /** The cases file as the operator named it. */
  readonly file: string;
  /** Where in the file the case begins, from 1. */
  readonly line: number;
  readonly request: AuthzRequest;
  readonly expect: Expectation;
}
