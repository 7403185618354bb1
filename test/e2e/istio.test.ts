import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ValidateFunction } from 'ajv';
import { expect } from 'chai';
import { parse } from 'yaml';
import { crdValidator } from '../support/crd-validator.js';
import { fromRoot } from '../support/paths.js';
import { requireTool } from '../support/require-tool.js';
import { findGo } from '../support/tool-cache.js';

const program = fromRoot('test/e2e/istio');
const read = (file: string): string => readFileSync(fromRoot(`deploy/istio/${file}`), 'utf8');

describe('the Istio files', function () {
  // The first run downloads and compiles istio.io/api.
  this.timeout(300_000);
  let folder: string;
  let go: string;
  let reader: string;

  before(function () {
    folder = mkdtempSync(join(tmpdir(), 'refgate-istio-'));
    go = requireTool(this, findGo());
    reader = join(folder, 'read-mesh-config');
    // Apart from the runs, since go tells of its downloads where the reader tells of mistakes.
    const built = spawnSync(go, ['build', '-o', reader, '.'], { cwd: program, encoding: 'utf8' });
    expect(built.status, built.stderr).to.equal(0);
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('have a MeshConfig that istiod can read', () => {
    expect(meshConfigMistake(read('mesh-config.yaml'))).to.equal('');
  });

  it('have no key in the MeshConfig that istiod would not know', () => {
    const mistyped = read('mesh-config.yaml').replace('failOpen:', 'failureModeAllow:');
    expect(meshConfigMistake(mistyped)).to.include('unknown field "failureModeAllow"');
  });

  it('have an AuthorizationPolicy that its CRD admits', () => {
    const validate = schemaOf('AuthorizationPolicy', 'v1');
    const policy = parse(read('authorization-policy.yaml')) as { spec: object };
    expect([validate(policy), validate.errors]).to.deep.equal([true, null]);
    expect(validate({ ...policy, spec: { ...policy.spec, acton: 'CUSTOM' } })).to.equal(false);
  });

  it('name a provider that the MeshConfig has', () => {
    const mesh = parse(read('mesh-config.yaml')) as { extensionProviders: { name: string }[] };
    const policy = parse(read('authorization-policy.yaml')) as { spec: { provider: { name: string } } };
    expect(mesh.extensionProviders.map(({ name }) => name)).to.include(policy.spec.provider.name);
  });

  /** What the strict reader says of a MeshConfig; `''` when nothing is wrong. */
  function meshConfigMistake(text: string): string {
    const file = join(folder, 'mesh-config.yaml');
    writeFileSync(file, text);
    return spawnSync(reader, [file], { encoding: 'utf8' }).stderr;
  }

  /** Validator of a kind, from the CRDs in the same module that the MeshConfig is read by. */
  function schemaOf(kind: string, version: string): ValidateFunction {
    const module = ['list', '-m', '-f', '{{.Dir}}', 'istio.io/api'];
    const istio = spawnSync(go, module, { cwd: program, encoding: 'utf8' }).stdout.trim();
    return crdValidator(
      readFileSync(join(istio, 'kubernetes/customresourcedefinitions.gen.yaml'), 'utf8'),
      kind,
      version,
    );
  }
});
