import type { PolicySource } from '../rules/validate/schema.js';

/** A configuration of another product, in the terms of rule files. */
export interface Imported {
  /** In order of precedence. */
  readonly policies: readonly ImportedPolicy[];
  readonly losses: readonly Loss[];
}

/** One policy, as it will stand in the rule file. */
export interface ImportedPolicy {
  readonly policy: PolicySource;
  /** Lines that stand before it as comments: where it comes from, and what to know about it. */
  readonly comments: readonly string[];
}

/** Something of the configuration that has no place in the rules. */
export interface Loss {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** What it was, and what to do about it. One line. */
  readonly message: string;
  /** True: some request is decided otherwise than before. */
  readonly changesDecisions: boolean;
}

/** Why a file is no configuration of the product at all. */
export interface ImportFailure {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly problem: string;
}

/** Reads one product's configuration. `file` is what the operator called it, for messages; `text` is its content. */
export type Importer = (source: { readonly file: string; readonly text: string }) => Imported | ImportFailure;
