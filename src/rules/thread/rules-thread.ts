import { parentPort, workerData } from 'node:worker_threads';
import type { RulesImage } from '../image/rules-image.js';
import { transferList } from '../image/transfer-list.js';
import type { Answered, Asked, ThreadOptions } from './messages.js';
import { ThreadWork } from './thread-work.js';

/**
 * The entry of the thread in which rules are loaded. It answers one question after the other; a fault of ours ends it,
 * and whoever has asked starts another one.
 */
const work = new ThreadWork(workerData as ThreadOptions);

parentPort?.on('message', async ({ id, kind, question }: Asked) => {
  const said = await work.ask(kind, question);
  const image = imageIn(said);
  parentPort?.postMessage({ id, answer: said } satisfies Answered, image && transferList(image));
  if (image !== undefined) work.handedOver(image);
});

function imageIn(said: Answered['answer']): RulesImage | undefined {
  return said !== undefined && 'kind' in said && said.kind === 'image' ? said.image : undefined;
}
