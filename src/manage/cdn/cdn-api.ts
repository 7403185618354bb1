import { randomUUID } from 'node:crypto';
import type { ManageAnswer } from '../manage-answer.js';
import type { ManageContext } from '../manage-context.js';
import { headerOf, type ManageRequest } from '../manage-request.js';
import { authenticate } from './authenticate.js';
import { type CdnReply, faultAnswer, replyAnswer } from './cdn-answer.js';
import type { AnonymousCall } from './cdn-call.js';
import { type CdnFault, isFault, throttled } from './cdn-fault.js';
import { parametersByName } from './parameters.js';
import { performAction } from './perform-action.js';
import { receiveCall } from './received-call.js';
import { auditRefusal } from './refused-changes.js';
import { shownKeyId } from './shown-key-id.js';

/** The Alibaba CDN OpenAPI, as far as it is about Referer lists. It answers every request, and always JSON. */
export function cdnApi(context: ManageContext): (request: ManageRequest) => Promise<ManageAnswer> {
  return async (request) => {
    const id = { requestId: randomUUID().toUpperCase(), host: headerOf(request, 'host') ?? '' };
    try {
      const reply = await replyTo(context, request, id.requestId);
      return isFault(reply) ? faultAnswer(reply, id) : replyAnswer(reply, id);
    } catch (error) {
      context.internalError(error);
      return faultAnswer({ code: 'InternalError', message: 'The log of the service says what happened.' }, id);
    }
  };
}

async function replyTo(
  context: ManageContext,
  request: ManageRequest,
  requestId: string,
): Promise<CdnReply | CdnFault> {
  const body = await request.body();
  if (body === 'too-large') return { code: 'RequestEntityTooLarge', message: 'The body of the request is too large.' };
  const received = receiveCall(request, body, requestId);
  if (isFault(received)) return received;
  const settings = context.settings();
  const authentication = authenticate(context, settings, received);
  const { claimed } = authentication;
  const call: AnonymousCall = {
    context,
    settings,
    parameters: parametersByName([...received.query, ...received.form]),
    by: {
      actor: shownKeyId(claimed, settings),
      action: claimed?.action ?? '',
      client: request.client,
      requestId,
    },
  };
  const reply =
    'fault' in authentication
      ? authentication.fault
      : await performAction({ ...call, key: authentication.key }, request, authentication.claimed);
  // Strangers who flood the service shall not flood its log.
  const isFlood = 'fault' in authentication && authentication.fault === throttled;
  if (isFault(reply) && !isFlood) auditRefusal(call, reply);
  return reply;
}
