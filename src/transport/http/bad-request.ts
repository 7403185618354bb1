/** Why a call describes no request that could be decided. It is denied, whatever the default action. */
export interface BadRequest {
  /** One sentence without a full stop, for the operator who configures the proxy. */
  readonly problem: string;
}
