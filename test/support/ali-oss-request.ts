import OSS from 'ali-oss';
import type { ManageRequest } from '#refgate/manage/manage-request.js';
import { toManageRequest } from './sign-oss.js';

/** What a call of ali-oss would have sent. */
interface SentByUrllib {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly content?: string;
}

/** An option of ali-oss that its types do not name: who sends. */
interface Sender {
  request(url: string, args: SentByUrllib): Promise<unknown>;
}

/** Has ali-oss make and sign a request by its own code, and catches it where it would go to the network. */
export async function requestOfAliOss(
  options: OSS.Options & { readonly amendTimeSkewed?: number },
  call: (client: OSS) => Promise<unknown>,
): Promise<ManageRequest> {
  let caught: ManageRequest | undefined;
  const urllib: Sender = {
    request: (url, args) => {
      caught = asReceived(url, args);
      return Promise.resolve({ status: 200, headers: {}, res: {}, data: '<a><RefererList/></a>' });
    },
  };
  await call(new OSS({ ...options, urllib } as OSS.Options));
  if (caught === undefined) throw new Error('ali-oss sent nothing');
  return caught;
}

/** The request line and headers as they come out of a socket. */
function asReceived(url: string, { method, headers, content = '' }: SentByUrllib): ManageRequest {
  const [, host = '', target = ''] = /^https?:\/\/([^/]+)(.*)$/.exec(url) ?? [];
  return toManageRequest({ method, target, headers: { host, ...headers }, body: content });
}
