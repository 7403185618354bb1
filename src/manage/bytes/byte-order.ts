/** Compares by bytes, the order of all signatures; of texts with a character for each byte. */
export function byteOrder(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
