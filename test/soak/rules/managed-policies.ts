/** Policies that are changed by API while the soak runs: the first two by REST, the last by a signed call of OSS. */
export const managedNames = ['managed-a', 'managed-b', 'managed-oss'] as const;
export type ManagedName = (typeof managedNames)[number];

/** The bucket of `managed-oss`. */
export const bucket = 'managed-oss';

export const accessKey = { id: 'AKSOAK', secret: 'sk-soak' } as const;
export const token = 'tk-soak';

/** The host that a managed policy is about. */
export function hostOfManaged(policy: string): string {
  return `${policy}.soak.example`;
}

/** The only site that a version of a managed policy allows. */
export function siteOfVersion(version: number): string {
  return `version-${version}.example`;
}

/** The entry by which a version of a policy allows its site. */
export function entryOfVersion(policy: string, version: number): string {
  return policy === bucket ? `https://${siteOfVersion(version)}/` : siteOfVersion(version);
}

/** The file of a policy in its first version. */
export function firstManagedFile(policy: string): readonly [name: string, text: string] {
  const dialect = policy === bucket ? { dialect: 'oss', empty: 'deny', allowSelf: false } : {};
  const referer = { ...dialect, allow: [entryOfVersion(policy, 0)] };
  const first = { name: policy, match: { hosts: [hostOfManaged(policy)] }, referer };
  return [`managed/${policy}.yaml`, `policies:\n  - ${JSON.stringify(first)}\n`];
}

/** The management settings. */
export const settings = `managed: managed
requestsPerSecond: 1000
accessKeys:
  - { id: ${accessKey.id}, secret: ${accessKey.secret}, buckets: { ${bucket}: editor } }
tokens:
  - { name: soak, secret: ${token}, role: editor }
buckets:
  - { name: ${bucket}, hosts: [${hostOfManaged(bucket)}] }
`;
