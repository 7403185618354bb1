/** The steps of the decision procedure in words, by number (1 to 8). */
export const stepWords = [
  '',
  'which policy covers the request',
  'exemptions',
  'empty or unreadable Referer',
  'deny list',
  "the request's own host",
  'allow list',
  'not on the allow list',
  'nothing speaks against it',
] as const;
