/** What a caught value says of itself: anything can be thrown, and most of it is an error. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
