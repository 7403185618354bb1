import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parseAllDocuments } from 'yaml';
import { crdValidator } from '../support/crd-validator.js';
import { fromRoot } from '../support/paths.js';
import { requireTool } from '../support/require-tool.js';
import { findGo } from '../support/tool-cache.js';

/** The Go module that has the definitions, with the checksum of its content. */
const gateway = {
  module: 'github.com/envoyproxy/gateway@v1.9.1',
  sum: 'h1:vAVp6/AlBXJ1aOhp1mxL7fNEzVEfjADUguUhm2wzxQY=',
  crds: 'charts/gateway-helm/charts/crds/crds/generated/gateway.envoyproxy.io_securitypolicies.yaml',
} as const;

interface SecurityPolicy {
  readonly kind: string;
  readonly metadata: { readonly namespace: string };
  readonly spec: {
    readonly extAuth: { readonly grpc: { readonly backendRefs: readonly { readonly namespace: string }[] } };
  };
}

interface ReferenceGrant {
  readonly kind: string;
  readonly metadata: { readonly namespace: string };
  readonly spec: { readonly from: readonly { readonly kind: string; readonly namespace: string }[] };
}

describe('the Envoy Gateway file', function () {
  // The first run downloads the module.
  this.timeout(300_000);
  const [policy, grant] = parseAllDocuments(
    readFileSync(fromRoot('deploy/envoy-gateway/security-policy.yaml'), 'utf8'),
  ).map((document) => document.toJS()) as [SecurityPolicy, ReferenceGrant];

  it('has a SecurityPolicy that its CRD admits, and would not admit with a misspelt key', function () {
    const validate = crdValidator(definitions(requireTool(this, findGo())), 'SecurityPolicy', 'v1alpha1');
    expect([validate(policy), validate.errors]).to.deep.equal([true, null]);
    const { headersToExtAuth, ...extAuth } = policy.spec.extAuth as Record<string, unknown>;
    const misspelt = {
      ...policy,
      spec: { ...policy.spec, extAuth: { ...extAuth, headersToExtauth: headersToExtAuth } },
    };
    expect(validate(misspelt)).to.equal(false);
  });

  it('grants the policy the Service of another namespace', () => {
    const [backend] = policy.spec.extAuth.grpc.backendRefs;
    expect([grant.kind, grant.metadata.namespace]).to.deep.equal(['ReferenceGrant', backend?.namespace]);
    expect(grant.spec.from[0]).to.include({ kind: policy.kind, namespace: policy.metadata.namespace });
  });
});

function definitions(go: string): string {
  const run = spawnSync(go, ['mod', 'download', '-json', gateway.module], { cwd: tmpdir(), encoding: 'utf8' });
  const { Dir, Sum } = JSON.parse(run.stdout || '{}') as { Dir?: string; Sum?: string };
  expect(Sum, run.stdout + run.stderr).to.equal(gateway.sum);
  return readFileSync(join(Dir ?? '', gateway.crds), 'utf8');
}
