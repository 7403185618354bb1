/** The request headers that `empty: verify` reads beside the Referer, in the order in which `vary` names them. */
export const evidenceHeaders = ['origin', 'sec-fetch-site', 'sec-fetch-dest', 'sec-fetch-mode'] as const;

/** One of them. */
export type EvidenceHeader = (typeof evidenceHeaders)[number];
