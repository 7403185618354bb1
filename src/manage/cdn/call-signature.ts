/** What a call says of who signed it, and how the signature is computed. Nothing of it is believed yet. */
export interface CallSignature {
  readonly accessKeyId: string;
  readonly signature: string;
  readonly nonce: string;
  /** As it came. */
  readonly date: string;
  readonly action: string;
  readonly version: string | undefined;
  /** What should be signed. It takes time where the call is long. */
  expected(): SignatureText;
  /** What clients sign by mistake, and what proxies make of a signed call. */
  mistakes(): readonly SignatureMistake[];
}

/** A text and how it is signed. */
export interface SignatureText {
  readonly stringToSign: string;
  /** What the string to sign is a hash of, where it is one. */
  readonly canonicalRequest?: string;
  sign(secret: string): string;
}

/** A way to a wrong signature. */
export interface SignatureMistake {
  /** What it is and what to do, for the log. */
  readonly cause: string;
  sign(secret: string): string;
}
