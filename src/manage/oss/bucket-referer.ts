/** The hotlink protection of a bucket, as PutBucketReferer sets it and GetBucketReferer tells it (Alibaba OSS). */
export interface BucketReferer {
  readonly allowEmptyReferer: boolean;
  readonly allowTruncateQueryString: boolean;
  readonly truncatePath: boolean;
  /** Empty: nothing is checked. */
  readonly refererList: readonly string[];
  readonly refererBlacklist: readonly string[];
}

/** What GetBucketReferer tells of a bucket that was never set. */
export const NEVER_SET: BucketReferer = {
  allowEmptyReferer: true,
  allowTruncateQueryString: true,
  truncatePath: false,
  refererList: [],
  refererBlacklist: [],
};
