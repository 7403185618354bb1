import type { ManageRequest } from '#refgate/manage/manage-request.js';

/** What a test says of a request; the rest is usual. */
export interface RequestDraft {
  readonly method?: string;
  readonly rawPath?: string;
  readonly rawQuery?: string;
  /** One value of each. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer | 'too-large';
  readonly client?: string;
}

/** A request to the management listener: a GET of `/` where nothing is said. */
export function manageRequest(draft: RequestDraft = {}): ManageRequest {
  const { method = 'GET', rawPath = '/', rawQuery = '', headers = {}, body = '', client = '127.0.0.1' } = draft;
  return {
    method,
    rawPath,
    rawQuery,
    headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), [value]])),
    client,
    body: async () => (body === 'too-large' ? body : Buffer.from(body)),
  };
}
