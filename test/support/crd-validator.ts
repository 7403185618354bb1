import { Ajv, type ValidateFunction } from 'ajv';
import { parseAllDocuments } from 'yaml';

/** Validator of a kind, from the text of custom resource definitions. Unknown keys are mistakes. */
export function crdValidator(crds: string, kind: string, version: string): ValidateFunction {
  const definitions = parseAllDocuments(crds).map((document) => document.toJS() as Crd);
  const crd = definitions.find((definition) => definition.spec.names.kind === kind);
  const schema = crd?.spec.versions.find(({ name }) => name === version)?.schema.openAPIV3Schema;
  if (schema === undefined) throw new Error(`no definition of ${kind} ${version}`);
  return new Ajv({ strict: false, validateFormats: false }).compile(closed({ ...schema }));
}

interface Crd {
  readonly spec: {
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: object } }[];
  };
}

/** The schema with unknown keys refused, as `kubectl apply --validate=strict` does; `metadata` is Kubernetes' own. */
function closed(schema: Record<string, unknown>): Record<string, unknown> {
  const { properties, items } = schema as { properties?: Record<string, object>; items?: object };
  const result: Record<string, unknown> = { ...schema };
  if (items) result['items'] = closed({ ...items });
  if (!properties) return result;
  const known = { apiVersion: {}, kind: {}, metadata: {}, ...properties };
  result['properties'] = Object.fromEntries(Object.entries(known).map(([key, value]) => [key, closed({ ...value })]));
  result['additionalProperties'] = false;
  return result;
}
