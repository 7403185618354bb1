import type { ManageAnswer } from '../../manage-answer.js';
import { answerRead } from '../conditional-answer.js';
import type { Problem } from '../problem.js';
import { represent } from '../representation.js';
import type { RestCall } from '../rest-call.js';
import { openApiDocument } from './document.js';

const representation = represent(openApiDocument());

/** The description of the API (OpenAPI 3.1). */
export function readOpenApi(call: RestCall): ManageAnswer | Problem {
  return answerRead(call.headers, representation);
}
