/** What a key or a token may do. */
export type Role = 'viewer' | 'editor';

/** The management settings (`--manage-config`), read and checked. Immutable: a reload makes a new object. */
export interface ManageSettings {
  /** The folder of the files that the APIs write, relative to the rule directory. */
  readonly managed: string;
  /** True: reads are answered, every change is refused. */
  readonly readOnly: boolean;
  /** Signed requests whose date is further from the server's clock are refused. */
  readonly maxSkewSeconds: number;
  /** Of each access key and each token; 0: no limit. */
  readonly requestsPerSecond: number;
  readonly accessKeys: ReadonlyMap<string, AccessKey>;
  readonly tokens: readonly Token[];
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly domains: ReadonlyMap<string, Domain>;
}

/** Who may sign OSS and CDN requests. */
export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  /** By bucket; `*` is every bucket. */
  readonly buckets: ReadonlyMap<string, Role>;
  /** By CDN domain; `*` is every domain. */
  readonly domains: ReadonlyMap<string, Role>;
}

/** A bearer token of the native REST API. */
export interface Token {
  /** Whom the audit log names. */
  readonly name: string;
  readonly secret: string;
  readonly role: Role;
}

/** A bucket: what the OSS API knows a policy by. */
export interface Bucket {
  readonly name: string;
  /** `match.hosts` of the policy; the exact ones select the bucket in CNAME addressing. */
  readonly hosts: readonly string[];
  readonly policy: string;
}

/** A CDN domain: what the CDN API knows a policy by. */
export interface Domain {
  /** A wildcard domain begins with a dot. */
  readonly name: string;
  readonly policy: string;
  /** `match.hosts` of the policy: the name, or `*.` and the name for a wildcard domain. */
  readonly hosts: readonly string[];
}
