import { Struct } from '../../gen/google/protobuf/struct.js';
import type { Decision } from '../../model/decision.js';
import type { Policy } from '../../model/policy.js';
import type { Snapshot } from '../../model/snapshot.js';
import { constantAnswer, denyAnswer, isMadeEachTime, varyOnAllow } from '../deny-answer.js';
import { type ByteSlab, ByteSlabBuilder } from './byte-slab.js';
import { ByteWriter, fieldSize } from './byte-writer.js';
import { RecentAnswers } from './recent-answers.js';
import { encodeDebugHeaders, encodeDenied, encodeOk } from './response-forms.js';
import { lastOf } from './steps.js';
import { TextMember } from './text-member.js';

/** Decisions of one snapshot as bytes of `envoy.service.auth.v3.CheckResponse`. */
export interface GrpcAnswers {
  /** Throws for a decision of another snapshot: its policies' answers are not known here. */
  encode(decision: Decision): Buffer;
}

/**
 * Status of both verdicts, with the tag: `status {}` and `status { code: 7 }` (PERMISSION_DENIED). The empty one is
 * written all the same: Envoy reads a response without status as an allow, so a status that is there in every answer
 * is what tells a meant allow from a lost one.
 */
const STATUS_OK = Buffer.from([0x0a, 0x00]);
const STATUS_DENIED = Buffer.from([0x0a, 0x02, 0x08, 0x07]);

/** Tags of CheckResponse. */
const DENIED_RESPONSE = 0x12;
const OK_RESPONSE = 0x1a;
const DYNAMIC_METADATA = 0x22;

const POLICY = Buffer.from('policy');
const REFERER_HOST = Buffer.from('referer_host');
const ENTRY = Buffer.from('entry');
const NOTHING = Buffer.alloc(0);

/**
 * Encodes what is constant now, so that an answer is a few copies: the HTTP response by policy and verdict, the
 * metadata by reason, verdict and mode.
 *
 * The texts that only the request knows are written into the one `dynamic_metadata`, with its length made to fit. A
 * second occurrence of the field would save that sum, and protobuf merges it, but protobufjs (so @grpc/proto-loader)
 * and ts-proto keep only the last one.
 */
export function createGrpcAnswers(snapshot: Snapshot, options: { debugHeaders: boolean }): GrpcAnswers {
  return lastOf(answersInSteps(snapshot, options));
}

/** The same in steps of some microseconds, a policy each. */
export function* answersInSteps(
  snapshot: Snapshot,
  options: { debugHeaders: boolean },
): Generator<undefined, GrpcAnswers, undefined> {
  const builder = new ByteSlabBuilder();
  const { policies } = snapshot;
  const ok = new Uint32Array(policies.length + 1);
  const denied = new Uint32Array(policies.length + 1);
  for (let position = 0; position <= policies.length; position++) {
    const policy = policies[position];
    ok[position] = builder.add(okKey(policy), () => encodeOk(policy));
    denied[position] = builder.add(deniedKey(policy), () => encodeDenied(constantAnswer(policy)));
    yield;
  }
  const slab = yield* builder.build();
  return new CompiledAnswers(snapshot, { ok, denied, slab, debugHeaders: options.debugHeaders });
}

/** The answers that are constant, by policy and verdict. */
interface ConstantAnswers {
  /** Positions in the slab, by a policy's position; behind the last policy, those of answers without one. */
  readonly ok: Uint32Array;
  readonly denied: Uint32Array;
  readonly slab: ByteSlab;
  readonly debugHeaders: boolean;
}

class CompiledAnswers implements GrpcAnswers {
  readonly #generation: number;
  readonly #policies: readonly Policy[];
  readonly #answers: ConstantAnswers;
  /** Made when they first occur. */
  readonly #recent = new RecentAnswers();
  readonly #constantMembers = new Map<Decision['reason'], ConstantMembers[]>();

  constructor({ generation, policies }: Snapshot, answers: ConstantAnswers) {
    this.#generation = generation;
    this.#policies = policies;
    this.#answers = answers;
  }

  encode(decision: Decision): Buffer {
    const known = this.#recent.find(decision);
    if (known !== undefined) return known;
    const answer = this.#write(decision);
    if (decision.passes || !isMadeEachTime(decision.policy)) this.#recent.keep(decision, answer);
    return answer;
  }

  #write(decision: Decision): Buffer {
    const status = decision.passes ? STATUS_OK : STATUS_DENIED;
    const response = this.#responseOf(decision);
    const debugHeaders = this.#answers.debugHeaders ? encodeDebugHeaders(decision) : NOTHING;
    const constant = this.#constantMembersOf(decision);
    const policy = new TextMember(POLICY, decision.policy?.name ?? '');
    const refererHost = new TextMember(REFERER_HOST, decision.refererHost);
    const entry = new TextMember(ENTRY, decision.entry);

    const responseLength = response.length + debugHeaders.length;
    const metadataLength = constant.length + policy.size + refererHost.size + entry.size;
    const writer = new ByteWriter(status.length + fieldSize(responseLength) + fieldSize(metadataLength));
    writer.append(status);
    writer.open(decision.passes ? OK_RESPONSE : DENIED_RESPONSE, responseLength);
    writer.append(response);
    writer.append(debugHeaders);
    writer.open(DYNAMIC_METADATA, metadataLength);
    writer.append(constant);
    policy.write(writer);
    refererHost.write(writer);
    entry.write(writer);
    return writer.finish();
  }

  #responseOf(decision: Decision): Uint8Array {
    const constant = this.#answers.slab.part(this.#responsePosition(decision));
    return !decision.passes && isMadeEachTime(decision.policy) ? encodeDenied(denyAnswer(decision)) : constant;
  }

  #responsePosition(decision: Decision): number {
    const position = decision.policy?.position ?? this.#policies.length;
    const found = (decision.passes ? this.#answers.ok : this.#answers.denied)[position];
    const isOwn = decision.generation === this.#generation && this.#policies[position] === decision.policy;
    if (found === undefined || !isOwn) {
      throw new Error(`decision of generation ${decision.generation} met answers of generation ${this.#generation}`);
    }
    return found;
  }

  /** A reason comes with one verdict or two in three modes at most, so the right one is soon found without a key. */
  #constantMembersOf({ action, reason, mode, generation }: Decision): Buffer {
    const ofReason = this.#constantMembers.get(reason) ?? [];
    for (const known of ofReason) if (known.action === action && known.mode === mode) return known.bytes;
    const bytes = Buffer.from(Struct.encode(Struct.wrap({ decision: action, reason, mode, generation })).finish());
    this.#constantMembers.set(reason, [...ofReason, { action, mode, bytes }]);
    return bytes;
  }
}

/** Members of the metadata that are the same for every decision of one reason, verdict and mode. */
interface ConstantMembers {
  readonly action: Decision['action'];
  readonly mode: Decision['mode'];
  readonly bytes: Buffer;
}

/** Forms with the same key are the same bytes. */
function okKey(policy: Policy | undefined): string {
  return policy === undefined ? 'ok' : `ok ${varyOnAllow(policy)}`;
}

function deniedKey(policy: Policy | undefined): string {
  return policy === undefined ? 'denied' : `denied ${JSON.stringify(policy.onDeny)}`;
}
