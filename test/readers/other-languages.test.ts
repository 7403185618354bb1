import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { expect } from 'chai';
import { CheckResponse } from '#refgate/gen/envoy/service/auth/v3/external_auth.js';
import { Struct } from '#refgate/gen/google/protobuf/struct.js';
import type { Decision } from '#refgate/model/decision.js';
import { createGrpcAnswers } from '#refgate/transport/grpc/answers.js';
import { decodeResponse, metadataOf } from '../support/grpc-check-response.js';
import { decisionOf, FORBIDDEN, policyOf } from '../support/grpc-snapshot.js';
import { fromRoot } from '../support/paths.js';
import { undecidingSnapshot } from '../support/policy-builder.js';

/** What a reader says of a CheckResponse. */
interface Reading {
  readonly status: boolean;
  readonly code: number;
  readonly metadata: Readonly<Record<string, string | number>>;
}

interface Reader {
  /** The tool that it needs. */
  readonly tool: string;
  /** Installs into `.cache/` what is not there yet; the command line that reads. */
  prepare(): readonly [command: string, ...arguments_: string[]];
}

const CACHE = fromRoot('.cache/readers');

const READERS: readonly Reader[] = [
  {
    tool: 'go',
    prepare: () => {
      const program = `${CACHE}/read-response`;
      const environment = { ...process.env, GOMODCACHE: `${CACHE}/go`, GOFLAGS: '-modcacherw' };
      execFileSync('go', ['build', '-o', program, '.'], { cwd: fromRoot('test/readers/go'), env: environment });
      return [program];
    },
  },
  {
    tool: 'python3',
    prepare: () => {
      const python = `${CACHE}/venv/bin/python`;
      if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', `${CACHE}/venv`]);
      execFileSync(python, ['-m', 'pip', 'install', '--quiet', 'protobuf==7.36.2']);
      const descriptors = `${CACHE}/descriptors.binpb`;
      execFileSync(fromRoot('node_modules/.bin/buf'), ['build', fromRoot('proto'), '-o', descriptors]);
      return [python, fromRoot('test/readers/read_response.py'), descriptors];
    },
  },
];

const images = policyOf('images', 0, FORBIDDEN);
const answers = createGrpcAnswers(undecidingSnapshot([images]), { debugHeaders: true });
const CASES: Readonly<Record<string, Decision>> = {
  'an allow': decisionOf({ policy: images, entry: '*.bücher.example' }),
  'a deny': decisionOf({ policy: images, action: 'deny', passes: false, entry: '', reason: 'not_in_allow_list' }),
  'an allow without a policy': decisionOf({ reason: 'no_policy', mode: '', entry: '', refererHost: '' }),
};

for (const { tool, prepare } of READERS) {
  describe(`answers as ${tool} reads them`, function () {
    this.timeout(300_000);
    let command: readonly [string, ...string[]];

    before(function () {
      if (!isInstalled(tool)) {
        if (process.env['CI'] === 'true') throw new Error(`${tool} is needed here`);
        console.log(`    skipped: install ${tool}, and let it reach its package registry, to run this`);
        this.skip();
      }
      mkdirSync(CACHE, { recursive: true });
      command = prepare();
    });

    function read(bytes: Uint8Array): Reading {
      const [program, ...rest] = command;
      return JSON.parse(execFileSync(program, rest, { input: bytes, encoding: 'utf8' }));
    }

    for (const [name, decision] of Object.entries(CASES)) {
      it(name, () => {
        const bytes = answers.encode(decision);
        const metadata = metadataOf(decodeResponse(bytes));
        expect(read(bytes)).to.deep.equal({ status: true, code: decision.passes ? 0 : 7, metadata });
      });
    }

    it('merges a message field that occurs twice, as protobuf demands', () => {
      const parts = [
        { policy: 'images', entry: 'first' },
        { entry: 'second', generation: 7 },
      ];
      const bytes = Buffer.concat(parts.map((dynamicMetadata) => CheckResponse.encode({ dynamicMetadata }).finish()));
      expect(read(bytes).metadata).to.deep.equal({ policy: 'images', entry: 'second', generation: 7 });
    });
  });
}

describe('a message field that occurs twice, in JavaScript', () => {
  const occurrence = (member: object): Uint8Array => CheckResponse.encode({ dynamicMetadata: member }).finish();
  const bytes = Buffer.concat([occurrence({ policy: 'images' }), occurrence({ entry: 'x' })]);

  it('loses its first occurrence to protobufjs and to generated code: why answers write it once', () => {
    expect(metadataOf(decodeResponse(bytes))).to.deep.equal({ entry: 'x' });
    expect(CheckResponse.decode(bytes).dynamicMetadata).to.deep.equal({ entry: 'x' });
  });

  it('keeps members that occur apart within one occurrence, which is how answers are put together', () => {
    const members = Buffer.concat(
      [{ policy: 'images' }, { entry: 'x' }].map((member) => Struct.encode(Struct.wrap(member)).finish()),
    );
    const once = Buffer.concat([Buffer.from([0x22, members.length]), members]);
    expect(CheckResponse.decode(once).dynamicMetadata).to.deep.equal({ policy: 'images', entry: 'x' });
    expect(metadataOf(decodeResponse(once))).to.deep.equal({ policy: 'images', entry: 'x' });
  });
});

function isInstalled(tool: string): boolean {
  const version = tool === 'go' ? 'version' : '--version';
  return spawnSync(tool, [version]).status === 0;
}
