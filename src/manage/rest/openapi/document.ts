import { headers } from './headers.js';
import { paths } from './operations.js';
import { parameters } from './parameters.js';
import { problemResponses } from './problem-responses.js';
import { schemas } from './schemas.js';

/**
 * The description of the REST API. What policies look like comes from the schema that validates rule files, what can go
 * wrong from the table of problems.
 */
export function openApiDocument(): object {
  return {
    openapi: '3.1.1',
    info: {
      title: 'refgate management',
      version: '1',
      description:
        'Policies as resources. A change is answered when it is durable and in force in the instance that was asked. A method that a path does not have is answered by 405 and Allow.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The management listener (--manage-listen).' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'A token of the management settings.' },
      },
      parameters,
      headers,
      responses: problemResponses(),
      schemas: schemas(),
    },
  };
}
