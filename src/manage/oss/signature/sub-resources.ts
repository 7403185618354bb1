import type { Parameter } from '../../bytes/parameters.js';

/**
 * Query parameters that a V1 signature covers, by the lists of the SDKs for Python (`oss2/auth.py`) and Go
 * (`oss/conn.go`). All else in the query is not signed.
 */
const SUB_RESOURCES: ReadonlySet<string> = new Set(
  `accessPoint accessPointPolicy acl append asyncFetch bucketArchiveDirectRead bucketInfo callback callback-var cloudboxes
  cname comp continuation-token cors delete encryption endTime group httpsConfig img inventory inventoryId lifecycle link
  live location logging metaQuery objectInfo objectMeta partNumber policy position publicAccessBlock qos qosInfo
  qosRequester redundancyTransition referer regionList replication replicationLocation replicationProgress requestPayment
  requesterQosInfo resourceGroup resourcePool resourcePoolBuckets resourcePoolInfo response-cache-control
  response-content-disposition response-content-encoding response-content-language response-content-type response-expires
  responseHeader restore rtc security-token sequential startTime stat status style styleName symlink tagging
  transferAcceleration udf udfApplication udfApplicationLog udfId udfImage udfImageDesc udfName uploadId uploads versionId
  versioning versions vod website withHashContext worm wormExtend wormId`.split(/\s+/),
);

/** The parameters that V1 signs. The Go SDK V2 signs all that begin with `x-oss-`. */
export function subResources(query: readonly Parameter[]): Parameter[] {
  return query.filter(({ name }) => SUB_RESOURCES.has(name) || name.startsWith('x-oss-'));
}
