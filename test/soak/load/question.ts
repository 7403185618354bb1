/** What a request is about, and so what decides it. */
export type Topic =
  | { readonly about: 'name' | 'edition'; readonly number: number }
  | { readonly about: 'managed'; readonly policy: string; readonly number: number }
  | { readonly about: 'partner' | 'banned' | 'stranger' | 'empty' | 'video' | 'shadow' | 'unknown host' };

/** A request to be decided. */
export type Question = Topic & {
  readonly host: string;
  readonly target: string;
  readonly referer: string | undefined;
  /** Beside Host and Referer. */
  readonly headers: Readonly<Record<string, string>>;
};
