import type { PolicySource } from '../rules/validate/schema.js';

/** A configuration of another product, in the terms of rule files. */
export interface Imported {
  /** In order of precedence. Their names are proposals: the writer makes them valid and unique. */
  readonly policies: readonly ImportedPolicy[];
  readonly losses: readonly Loss[];
}

/** One policy, as it will stand in the rule file, where `allowSelf: false` is added. */
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

/** A configuration file. */
export interface ImportSource {
  /** What the operator called it, for messages; `stdin` for the standard input. */
  readonly file: string;
  readonly text: string;
}

/** Reads one product's configuration. Never throws for what is in the file; one that reads further files may wait. */
export type Importer = (source: ImportSource) => Imported | ImportFailure | Promise<Imported | ImportFailure>;
