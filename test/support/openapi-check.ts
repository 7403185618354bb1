import { isDeepStrictEqual } from 'node:util';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Answer } from './http-exchange.js';

/** What was sent, as far as a document describes it. */
export interface Asked {
  readonly method: string;
  /** As sent, query included. */
  readonly path: string;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

interface Located {
  readonly pointer: readonly string[];
  readonly value: Record<string, unknown>;
}

/** Headers that the document does not speak of: every HTTP answer has them. */
const plumbing =
  /^(?:date|connection|keep-alive|content-length|content-type|transfer-encoding|cache-control|x-content-type-options|allow)$/;

/** Holds requests and answers against an OpenAPI document, so that neither can drift from the other. */
export class OpenApiCheck {
  readonly #document: Record<string, unknown>;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(document: object) {
    this.#document = document as Record<string, unknown>;
    this.#ajv.addSchema({ ...document, $id: 'openapi' });
  }

  /** What differs; nothing is as it should be. */
  problems(asked: Asked, answer: Answer): string[] {
    const operation = this.#operation(asked);
    if (operation === undefined) return this.#undocumented(asked, answer);
    const response = this.#at([...operation.pointer, 'responses', String(answer.status)]);
    const what = `${asked.method} ${operation.pointer[1]} ${answer.status}`;
    if (response === undefined) return [`${what}: the document has no such response`];
    const found = [...this.#headerProblems(response, answer), ...this.#contentProblems(response, asked, answer)];
    // Of a request that was refused nothing is promised.
    if (answer.status < 300) found.push(...this.#requestProblems(operation, asked));
    return found.map((problem) => `${what}: ${problem}`);
  }

  /** Whether another document is this one. */
  isOf(document: object): boolean {
    return isDeepStrictEqual(document, this.#document);
  }

  #operation({ method, path }: Asked): Located | undefined {
    const [plain = ''] = path.split('?', 1);
    const template = Object.keys(this.#document['paths'] as object).find((each) =>
      new RegExp(`^${each.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(plain),
    );
    return template === undefined ? undefined : this.#at(['paths', template, method.toLowerCase()]);
  }

  /** A path or method that is not served: a problem in the same form. */
  #undocumented({ method }: Asked, answer: Answer): string[] {
    if (![400, 401, 404, 405, 429].includes(answer.status)) return [`${answer.status} to what is not documented`];
    return method === 'HEAD' ? [] : this.#bodyProblems(['components', 'schemas', 'Problem'], answer.body);
  }

  #headerProblems({ pointer, value }: Located, { headers }: Answer): string[] {
    const names = Object.keys((value['headers'] ?? {}) as object);
    const missing = names.filter((name) => {
      const header = this.#at([...pointer, 'headers', name])?.value;
      return header?.['required'] === true && headers[name.toLowerCase()] === undefined;
    });
    const documented = names.map((name) => name.toLowerCase());
    const unknown = Object.keys(headers).filter((name) => !plumbing.test(name) && !documented.includes(name));
    return [
      ...missing.map((name) => `no header ${name}`),
      ...unknown.map((name) => `header ${name} is not documented`),
    ];
  }

  #contentProblems({ pointer, value }: Located, { method }: Asked, { headers, body }: Answer): string[] {
    if (method === 'HEAD' || value['content'] === undefined) return body === '' ? [] : ['a body where none belongs'];
    const [type = ''] = (headers['content-type'] ?? '').split(';');
    const content = (value['content'] as Record<string, unknown>)[type];
    if (content === undefined) return [`content type ${type} is not documented`];
    return this.#bodyProblems([...pointer, 'content', type, 'schema'], body);
  }

  #requestProblems({ pointer, value }: Located, { headers, body }: Asked): string[] {
    const described = value['requestBody'] as { content: Record<string, unknown> } | undefined;
    if (described === undefined) return body === undefined ? [] : ['a request body is not documented'];
    if ('*/*' in described.content) return [];
    const [type = ''] = (headers['content-type'] ?? '').toLowerCase().split(';');
    if (!(type in described.content)) return [`request type ${type} is not documented`];
    return this.#bodyProblems([...pointer, 'requestBody', 'content', type, 'schema'], body ?? '');
  }

  #bodyProblems(pointer: readonly string[], body: string): string[] {
    const parts = pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')));
    const reference = `openapi#/${parts.join('/')}`;
    const validate = this.#compiled.get(reference) ?? this.#ajv.compile({ $ref: reference });
    this.#compiled.set(reference, validate);
    return validate(JSON.parse(body)) ? [] : [`${this.#ajv.errorsText(validate.errors)} in ${body.slice(0, 300)}`];
  }

  /** What is at a path of the document, references followed. */
  #at(path: readonly string[]): Located | undefined {
    let located: Located | undefined = { pointer: [], value: this.#document };
    for (const part of path) {
      const next: unknown = located?.value[part];
      if (typeof next !== 'object' || next === null) return undefined;
      located = this.#follow({ pointer: [...(located?.pointer ?? []), part], value: next as Record<string, unknown> });
    }
    return located;
  }

  #follow(located: Located): Located | undefined {
    const reference = located.value['$ref'];
    return typeof reference === 'string' ? this.#at(reference.slice(2).split('/')) : located;
  }
}
