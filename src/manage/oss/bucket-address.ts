import { normaliseHost } from '../../referer/normalise-host.js';
import type { ManageRequest } from '../manage-request.js';
import type { ManageSettings } from '../settings/manage-settings.js';
import type { OssFault } from './oss-fault.js';

/** Which bucket a call is about. */
export type BucketAddress = NamedBucket | UnnamedBucket;

/** The call names a bucket; whether there is one of that name is not looked at. */
export interface NamedBucket {
  readonly bucket: string;
  /** What named it: the path, a host that the settings give to the bucket, or the first label of another host. */
  readonly by: 'path' | 'host' | 'label';
}

/** The call names none, or not as one can. */
export interface UnnamedBucket {
  readonly bucket: undefined;
  /** `path`: a path that cannot be signed for. `host`: a call of the whole service, whose signed resource is `/`. */
  readonly by: 'path' | 'host';
  readonly fault: OssFault;
}

/** Case-sensitive, unlike hosts: `Shop-Images` is no bucket (Alibaba OSS: "Bucket naming conventions"). */
const bucketName = /^[a-z0-9_-]{3,63}$/;

/**
 * Finds the bucket of a call: the first segment of the path (path style), else the bucket of which the `Host` is an
 * exact host (CNAME), else the first label of the `Host` (virtual-host style).
 */
export function bucketAddress(request: ManageRequest, settings: ManageSettings): BucketAddress {
  return request.rawPath === '/' ? byHost(request, settings) : byPath(request.rawPath);
}

/** `/bucket` or `/bucket/`. Nothing is normalised: what `..` or `//` would lead to is nobody's bucket. */
function byPath(rawPath: string): BucketAddress {
  const [start, segment = '', ...rest] = rawPath.split('/');
  const bucket = percentDecoded(segment);
  if (start !== '' || bucket === undefined || !bucketName.test(bucket)) {
    return { bucket: undefined, by: 'path', fault: noBucketName };
  }
  if (rest.length > 1 || (rest[0] ?? '') !== '') return { bucket: undefined, by: 'path', fault: objectKey };
  return { bucket, by: 'path' };
}

function byHost(request: ManageRequest, settings: ManageSettings): BucketAddress {
  const [host = '', ...others] = request.headers.get('host') ?? [];
  if (others.length > 0) return { bucket: undefined, by: 'host', fault: twoHosts };
  const name = normaliseHost(host);
  const owner = exactHosts(settings).get(name);
  if (owner !== undefined) return { bucket: owner, by: 'host' };
  const label = firstLabel(name);
  if (bucketName.test(label)) return { bucket: label, by: 'label' };
  return { bucket: undefined, by: 'host', fault: noBucket };
}

/** `shop-images.oss.example` → `shop-images`; `[::1]` stays whole and is no bucket name. */
export function firstLabel(host: string): string {
  return host.split('.')[0] ?? '';
}

const hostsBySettings = new WeakMap<ManageSettings, ReadonlyMap<string, string>>();

/** Exact hosts of all buckets. Settings never change, so their map is made once. */
function exactHosts(settings: ManageSettings): ReadonlyMap<string, string> {
  const known = hostsBySettings.get(settings);
  if (known !== undefined) return known;
  const pairs = [...settings.buckets.values()].flatMap(({ name, hosts }) =>
    hosts.filter((host) => !host.includes('*')).map((host) => [normaliseHost(host), name] as const),
  );
  const made = new Map(pairs);
  hostsBySettings.set(settings, made);
  return made;
}

/** Decoded once: `%62` is `b`, `%2562` is `%62`. */
function percentDecoded(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

const noBucketName: OssFault = {
  code: 'InvalidBucketName',
  message:
    'The path does not begin with the name of a bucket: 3 to 63 of a-z, 0-9, "-" and "_". Send /bucket/?referer, or /?referer with the bucket in the Host.',
};

const objectKey: OssFault = {
  code: 'OperationNotSupported',
  message: 'The path has an object key. This service has no objects: send /bucket/?referer.',
};

const twoHosts: OssFault = { code: 'InvalidArgument', message: 'The request has more than one Host header.' };

const noBucket: OssFault = {
  code: 'InvalidBucketName',
  message:
    'The call names no bucket: its path is / and its Host begins with no name of a bucket. Send /bucket/?referer, or put the host among the hosts of the bucket.',
};
