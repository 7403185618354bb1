import { MessageChannel } from 'node:worker_threads';
import { expect } from 'chai';
import { EntryIndexBuilder } from '#refgate/match/entry-index-builder.js';
import { buildHostIndex } from '#refgate/match/host-index.js';
import { ListPart } from '#refgate/match/list-part.js';
import { ListSequence } from '#refgate/match/list-sequence.js';
import { TextIndexBuilder } from '#refgate/match/text-index-builder.js';
import type { EntryMatcher } from '#refgate/model/matchers.js';
import type { RefererUrl } from '#refgate/model/referer-url.js';
import type { CompiledRules } from '#refgate/model/snapshot.js';
import { packRules } from '#refgate/rules/image/pack-rules.js';
import type { RulesImage } from '#refgate/rules/image/rules-image.js';
import { transferList } from '#refgate/rules/image/transfer-list.js';
import { type HeldRules, NOTHING_HELD, type UnpackedRules, unpackRules } from '#refgate/rules/image/unpack-rules.js';
import { type PolicyParts, rulesOf } from '../../../support/policy-builder.js';

const NAMES = 5000;

/** An index large enough that its arrays are handed over without copying. */
function names(suffix: string): EntryMatcher {
  const builder = new EntryIndexBuilder();
  for (let number = 0; number < NAMES; number++) {
    const name = `n${number}.${suffix}`;
    builder.add({ written: name, host: { kind: 'name', name, self: true, below: 'none' } });
  }
  return builder.build();
}

function texts(): EntryMatcher<string> {
  const builder = new TextIndexBuilder();
  for (let number = 0; number < NAMES; number++) builder.add(`http://n${number}.example/`);
  return builder.build();
}

const referer = (host: string): RefererUrl => ({
  scheme: 'https',
  host,
  port: 443,
  path: '/',
  sent: `https://${host}/`,
});

function rules(...parts: readonly PolicyParts[]): CompiledRules {
  return { ...rulesOf(...parts), hosts: buildHostIndex(parts.map(() => undefined)), entries: 3 * NAMES };
}

/** Rules of two policies that share a part, and one of texts. */
function threePolicies(): CompiledRules {
  const part = new ListPart('host 1', NAMES, names('example'));
  const allow = new ListSequence([names('first.test'), part]);
  const oss = { dialect: 'oss', allow: new ListPart<string>('oss 1', NAMES, texts()) } as const;
  return rules({ referer: { allow } }, { referer: { deny: part } }, { referer: oss });
}

/** Through a real channel, as from thread to thread. */
async function send(image: RulesImage): Promise<RulesImage> {
  const { port1, port2 } = new MessageChannel();
  try {
    const received = new Promise<RulesImage>((resolve) => {
      port2.once('message', resolve);
    });
    port1.postMessage(image, transferList(image));
    return await received;
  } finally {
    port1.close();
  }
}

async function handOver(from: CompiledRules, held: HeldRules = NOTHING_HELD): Promise<UnpackedRules> {
  return await unpackRules(await send(packRules(from, new Set(held.parts.keys()))), held);
}

describe('list parts in an image', () => {
  it('find what they found before, also behind another stretch of the list', async () => {
    const { rules: unpacked } = await handOver(threePolicies());
    const [first, second, third] = unpacked.policies.map(({ referer }) => referer);
    expect(first?.allow).to.have.property('size', 2 * NAMES);
    const found = (list: unknown, asked: unknown) => (list as EntryMatcher<unknown>).find(asked);
    expect(found(first?.allow, referer('n7.first.test'))).to.equal('n7.first.test');
    expect(found(first?.allow, referer('n4999.example'))).to.equal('n4999.example');
    expect(found(first?.allow, referer('n5000.example'))).to.equal(undefined);
    expect(found(second?.deny, referer('n0.example'))).to.equal('n0.example');
    expect(found(third?.allow, 'http://n42.example/x')).to.equal('http://n42.example/');
  });

  it('are one, however many lists they are in', async () => {
    const image = packRules(threePolicies(), new Set());
    expect(image.parts.map(({ id }) => id)).to.deep.equal(['host 1', 'oss 1']);
    const { rules: unpacked, parts } = await unpackRules(await send(image), NOTHING_HELD);
    const [first, second] = unpacked.policies.map(({ referer }) => referer);
    expect(first?.allow).to.have.nested.property('members[1]', parts.get('host 1'));
    expect(second?.deny).to.equal(parts.get('host 1'));
  });

  it('are not copied but transferred', () => {
    const image = packRules(threePolicies(), new Set());
    const arrays = image.parts.flatMap(({ content }) => content?.arrays ?? []);
    expect(arrays.reduce((sum, { byteLength }) => sum + byteLength, 0)).to.be.greaterThan(2 * NAMES * 20);
    for (const { byteLength, buffer } of arrays)
      expect(byteLength).to.be.within((7 / 8) * buffer.byteLength, buffer.byteLength);
    structuredClone(image, { transfer: transferList(image) });
    for (const { buffer } of arrays) expect(buffer.byteLength).to.equal(0);
  });

  it('are left out where the receiver holds them, and work all the same', async () => {
    const before = await handOver(threePolicies());
    const handedOver = new ListPart('host 1', NAMES, undefined);
    const next = rules({ referer: { allow: new ListSequence([handedOver, names('new.test')]) } });
    const image = packRules(next, new Set(before.parts.keys()));
    expect(image.parts).to.deep.equal([{ id: 'host 1' }]);
    const { rules: unpacked, parts } = await unpackRules(await send(image), before);
    const allow = unpacked.policies[0]?.referer.allow as EntryMatcher;
    expect(allow.size).to.equal(2 * NAMES);
    expect(allow.find(referer('n17.example'))).to.equal('n17.example');
    expect(allow.find(referer('n17.new.test'))).to.equal('n17.new.test');
    expect([...parts.keys()]).to.deep.equal(['host 1']);
    expect(parts.get('host 1')).to.equal(before.parts.get('host 1'));
  });

  it('are missed where neither the image nor the receiver has them', async () => {
    const image = packRules(threePolicies(), new Set(['host 1']));
    const unpacking = unpackRules(await send(image), NOTHING_HELD);
    expect(await unpacking.catch((error: unknown) => error)).to.be.instanceOf(RangeError);
  });

  it('cannot be packed again once they have been handed over, unless the receiver holds them', () => {
    const next = rules({ referer: { allow: new ListPart('host 1', NAMES, undefined) } });
    expect(() => packRules(next, new Set())).to.throw('host 1');
    expect(() => next.policies[0]?.referer.allow?.find(referer('a.example') as RefererUrl & string)).to.throw('host 1');
  });
});
