import type { ConnectionLimits } from '#refgate/manage/listener/connection-limits.js';
import { type ManageApis, type ManageListener, startManageListener } from '#refgate/manage/listener/manage-listener.js';
import type { ManageAnswer } from '#refgate/manage/manage-answer.js';
import type { ManageRequest } from '#refgate/manage/manage-request.js';

/** A listener with APIs that tell what reached them, and what it told of itself. */
export interface StartedListener extends ManageListener {
  readonly answered: string[];
  readonly faults: unknown[];
}

/** What tests do otherwise. */
export interface ListenerDraft {
  readonly limits?: Partial<ConnectionLimits>;
  readonly apis?: Partial<ManageApis>;
}

/** Starts a listener on a free port. */
export async function startListener({ limits = {}, apis = {} }: ListenerDraft = {}): Promise<StartedListener> {
  const answered: string[] = [];
  const faults: unknown[] = [];
  const listener = await startManageListener({
    listen: { kind: 'tcp', host: '127.0.0.1', port: 0 },
    apis: {
      oss: telling('oss'),
      cdn: telling('cdn'),
      rest: { handle: (_, response) => void response.end('rest') },
      ...apis,
    },
    observer: {
      answered: (api, status) => answered.push(`${api} ${status}`),
      internalError: (error) => faults.push(error),
    },
    limits,
  });
  return { ...listener, answered, faults };
}

/** An API that answers its name, the method and path that it was asked by, and the length of the body. */
function telling(name: string): (request: ManageRequest) => Promise<ManageAnswer> {
  return async (request) => {
    const body = await request.body();
    const length = body === 'too-large' ? body : body.length;
    return { status: 200, headers: {}, body: `${name} ${request.method} ${request.rawPath} ${length}` };
  };
}
