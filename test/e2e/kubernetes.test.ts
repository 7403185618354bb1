import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { parseAllDocuments } from 'yaml';
import { fromRoot } from '../support/paths.js';
import { requireTool } from '../support/require-tool.js';
import { pythonPackage } from '../support/tool-cache.js';

const manifest = readFileSync(fromRoot('deploy/kubernetes/refgate.yaml'), 'utf8');

describe('the Kubernetes manifest', function () {
  this.timeout(120_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'refgate-kubernetes-'));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** Exit code and words of the validator, which knows the JSON schemas of Kubernetes' own API. */
  function validate(python: string, text: string): { status: number | null; said: string } {
    const file = join(folder, 'manifest.yaml');
    writeFileSync(file, text);
    const env = { ...process.env, PYTHONPATH: python };
    const run = spawnSync('python3', ['-m', 'kubernetes_validate', '--strict', file], { env, encoding: 'utf8' });
    return { status: run.status, said: run.stdout + run.stderr };
  }

  it("is what Kubernetes' schemas admit, unknown keys refused", function () {
    const python = requireTool(this, pythonPackage('kubernetes-validate==1.37.0'));
    const { status, said } = validate(python, manifest);
    expect(status, said).to.equal(0);
    const mistyped = manifest.replace('readOnlyRootFilesystem', 'readOnlyRootFileSystem');
    expect(validate(python, mistyped).status).to.equal(1);
  });

  it('carries deploy/rules, file by file, as the pod will see it', () => {
    expect(rulesInPod()).to.deep.equal(filesOf(fromRoot('deploy/rules')));
  });

  it('carries rules that refgate takes', () => {
    const rules = join(folder, 'rules');
    for (const [path, text] of Object.entries(rulesInPod())) {
      mkdirSync(dirname(join(rules, path)), { recursive: true });
      writeFileSync(join(rules, path), text);
    }
    const run = spawnSync(process.execPath, [fromRoot('dist/main.js'), 'validate', '--strict', rules], {
      encoding: 'utf8',
    });
    expect([run.status, run.stderr]).to.deep.equal([0, '']);
  });

  it('gives the pod more time to stop than refgate takes', () => {
    const { template } = resource<Deployment>('Deployment').spec;
    const drain = template.spec.containers[0]?.args.find((arg) => arg.startsWith('--drain-seconds='));
    // Never longer than the drain and 5 s.
    expect(template.spec.terminationGracePeriodSeconds).to.be.greaterThan(Number(drain?.split('=')[1]) + 5);
  });
});

interface Deployment {
  readonly spec: { readonly template: { readonly spec: PodSpec } };
}

interface PodSpec {
  readonly terminationGracePeriodSeconds: number;
  readonly containers: readonly { readonly args: readonly string[] }[];
  readonly volumes: readonly { readonly configMap: { readonly items: readonly { key: string; path: string }[] } }[];
}

/** The manifest's resource of a kind. */
function resource<T>(kind: string): T {
  const resources = parseAllDocuments(manifest).map((document) => document.toJS() as { kind: string });
  return resources.find((candidate) => candidate.kind === kind) as T;
}

/** Text by path below the folder where the ConfigMap is mounted. */
function rulesInPod(): Record<string, string> {
  const { data } = resource<{ data: Record<string, string> }>('ConfigMap');
  const items = resource<Deployment>('Deployment').spec.template.spec.volumes[0]?.configMap.items ?? [];
  expect(items.map(({ key }) => key)).to.have.members(Object.keys(data));
  return Object.fromEntries(items.map(({ key, path }) => [path, data[key] ?? '']));
}

function filesOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}
