/** What a bucket's hotlink protection says (Alibaba OSS: PutBucketReferer, "Request elements"). */
export interface RefererConfiguration {
  readonly allowEmptyReferer: boolean;
  /** `undefined`: not said, which the console and the SDKs take for true. */
  readonly allowTruncateQueryString: boolean | undefined;
  /** Never true where `allowTruncateQueryString` is said to be false. */
  readonly truncatePath: boolean;
  /** Without blank ones. Absent and empty mean the same to OSS: nothing is checked. */
  readonly refererList: readonly XmlText[];
  /** Without blank ones. */
  readonly refererBlacklist: readonly XmlText[];
}

/** An element's text without the white space around it, and where the element begins. */
export interface XmlText {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** Why a text is no configuration of a bucket. */
export interface ConfigurationProblem {
  /**
   * `malformed`: no well-formed XML, or not of this grammar; `path-without-query`: `TruncatePath` is true and
   * `AllowTruncateQueryString` false.
   */
  readonly kind: 'malformed' | 'allow-empty-missing' | 'not-boolean' | 'path-without-query';
  /** From 1. */
  readonly line: number;
  /** What is wrong, what was expected. One line. */
  readonly problem: string;
}

/** A configuration, or why there is none. */
export type ConfigurationRead =
  | { readonly ok: true; readonly configuration: RefererConfiguration }
  | { readonly ok: false; readonly problem: ConfigurationProblem };
