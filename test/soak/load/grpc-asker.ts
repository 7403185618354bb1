import { type Client, Metadata } from '@grpc/grpc-js';
import { checkRequest } from '../../support/grpc-check-request.js';
import { decodeResponse, metadataOf, type OfficialResponse } from '../../support/grpc-check-response.js';
import { clientOf } from '../../support/grpc-service.js';
import type { SeenAnswer } from '../rules/oracle.js';
import type { Asker } from './asker.js';
import type { Question } from './question.js';

/** Far above what a restart takes on a busy machine: a call that is lost without a word fails by it. */
const deadlineMs = 120_000;

const statusNumbers: Readonly<Record<string, number>> = { Forbidden: 403, Found: 302 };

/** A proxy that asks one instance over gRPC, on a connection of its own, and waits while that is not to be reached. */
export function grpcAsker(name: 'steady' | 'restless', address: string): Asker {
  // grpc-js shares connections between clients with the same options, and these shall fail each for itself.
  const client = clientOf(address, { 'grpc.use_local_subchannel_pool': 1 });
  return {
    name,
    instance: name,
    ask: async (question) => seenAnswer(await call(client, encode(question))),
    close: () => client.close(),
  };
}

function encode({ host, target, referer, headers }: Question): Buffer {
  return checkRequest({ host, path: target, headers: { ...headers, ...(referer !== undefined && { referer }) } });
}

function call(client: Client, bytes: Buffer): Promise<OfficialResponse> {
  const path = '/envoy.service.auth.v3.Authorization/Check';
  const metadata = new Metadata({ waitForReady: true });
  const options = { deadline: Date.now() + deadlineMs };
  const asIs = (buffer: Buffer): Buffer => buffer;
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(path, asIs, decodeResponse, bytes, metadata, options, (error, response) => {
      if (response) resolve(response);
      else reject(error ?? new Error('neither error nor response'));
    });
  });
}

function seenAnswer(response: OfficialResponse): SeenAnswer {
  const { policy, reason } = metadataOf(response);
  const code = String(response.denied_response?.status?.code ?? '');
  const status = (response.status?.code ?? 0) === 0 ? 200 : (statusNumbers[code] ?? Number(code));
  return { status, policy: policy === undefined || policy === '' ? undefined : String(policy), reason: String(reason) };
}
