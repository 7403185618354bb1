import { setTimeout as pause } from 'node:timers/promises';
import { bucketDocument } from '../../support/bucket-document.js';
import { exchange } from '../../support/http-exchange.js';
import { sendRaw } from '../../support/managed-refgate.js';
import { signOss } from '../../support/sign-oss.js';
import { count, type Scene } from '../scene/scene.js';
import {
  accessKey,
  bucket,
  entryOfVersion,
  hostOfManaged,
  type ManagedName,
  managedNames,
  token,
} from './managed-policies.js';

/** Between two changes of one policy. */
const everyMs = 2_000;

/** Changes the managed policies, each one change after the other, until it is stopped. */
export class PolicyChanges {
  readonly #running: Promise<unknown>;
  #ended = false;

  constructor(scene: Scene) {
    this.#running = Promise.all(managedNames.map((name) => this.#run(scene, name)));
  }

  async stop(): Promise<void> {
    this.#ended = true;
    await this.#running;
  }

  async #run(scene: Scene, policy: ManagedName): Promise<void> {
    while (!this.#ended) {
      await pause(everyMs);
      await change(scene, policy);
    }
  }
}

/** A change holds when it is answered, and a refused one changes nothing; it may be refused while a fault hinders it. */
async function change(scene: Scene, policy: ManagedName): Promise<void> {
  const timeline = scene.world.managed[policy];
  const version = timeline.begin();
  const before = [...scene.hindrances];
  const problem = await put(scene.steady.manage, policy, version);
  if (problem === undefined) {
    timeline.settle(version);
    timeline.see(scene.steady.name, version);
    count(scene, 'managed changes');
    return;
  }
  const hindrances = new Set([...before, ...scene.hindrances]);
  // Where the folder disappears between the writing and the reload, the file cannot be put back, and may come back with it.
  if (![...hindrances].some((each) => foldersOwn.has(each))) timeline.refuse(version);
  count(scene, 'managed changes refused');
  if (!isHindered(hindrances, policy)) scene.ledger.failure(`change of ${policy}: ${problem}`);
}

const foldersOwn = new Set(['hide-folder', 'folder is back', 'break-rules']);

/** A clock that jumps hinders signed calls alone. */
function isHindered(hindrances: ReadonlySet<string>, policy: ManagedName): boolean {
  return [...hindrances].some((fault) => fault !== 'jump-clock' || policy === bucket);
}

/** Why the change was refused; `undefined`: it was made. */
async function put(manage: string, policy: ManagedName, version: number): Promise<string | undefined> {
  try {
    const { status, body } = await (policy === bucket
      ? putReferer(manage, version)
      : putPolicy(manage, policy, version));
    return status === 200 ? undefined : `${status} ${body}`;
  } catch (error) {
    return String(error);
  }
}

function putPolicy(manage: string, policy: string, version: number) {
  const body = { match: { hosts: [hostOfManaged(policy)] }, referer: { allow: [entryOfVersion(policy, version)] } };
  const headers = ['authorization', `Bearer ${token}`, 'content-type', 'application/json', 'if-match', '*'];
  return exchange(manage, { method: 'PUT', path: `/v1/policies/${policy}`, headers, body: JSON.stringify(body) });
}

function putReferer(manage: string, version: number) {
  const body = bucketDocument({ allowEmptyReferer: false, refererList: [entryOfVersion(bucket, version)] });
  const headers = { host: 'oss.soak.example' };
  const { id: accessKeyId, secret } = accessKey;
  return sendRaw(manage, signOss({ method: 'PUT', bucket, accessKeyId, secret, headers, body }));
}
