/** An answer of a management API. The listener adds `date` and the length. */
export interface ManageAnswer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
