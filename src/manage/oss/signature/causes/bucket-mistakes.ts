import { headerOf } from '../../../manage-request.js';
import { type BucketAddress, firstLabel } from '../../bucket-address.js';
import { quoted } from './quoted.js';
import type { Mistake, WrongSignature } from './wrong-signature.js';

/** So many of the configured buckets are tried. */
const MOST_BUCKETS = 100;

/** The client signs for another bucket than the server finds: path, virtual-host and CNAME addressing are mixed up. */
export function bucketMistakes(wrong: WrongSignature): Mistake[] {
  const { parts } = wrong;
  return resources(wrong).map(([resource, cause]) => ({ cause, parts: { ...parts, resource } }));
}

type Resource = readonly [resource: string, cause: string];

function resources(wrong: WrongSignature): Resource[] {
  const { address } = wrong;
  const asked = askedFor(address);
  const others = otherBuckets(wrong).map((name): Resource => [`/${name}/`, otherBucket(name, asked)]);
  const none: Resource = [
    '/',
    `the signature is that of a call without a bucket, but the call ${asked}: the client lists buckets, which is not supported, or was given no bucket`,
  ];
  return [...others, none, ...(address.bucket === undefined ? [] : misread(address.bucket, wrong))];
}

/** First those that the call itself has a trace of. */
function otherBuckets({ request, settings, address }: WrongSignature): string[] {
  const host = (headerOf(request, 'host') ?? '').replace(/:\d*$/, '');
  const names = [firstLabel(host), firstLabel(host).toLowerCase(), host, ...settings.buckets.keys()];
  return [...new Set(names.slice(0, MOST_BUCKETS))].filter((name) => name !== '' && name !== address.bucket);
}

/** What is signed by clients that write the resource by hand, or name the bucket twice. */
function misread(bucket: string, { request }: WrongSignature): Resource[] {
  const label = firstLabel(headerOf(request, 'host') ?? '');
  const twice = `the client signs the bucket ${quoted(bucket)} as an object of another one: it puts the bucket into both Host and path. Give it an endpoint without a bucket, and path style`;
  return [
    [`/${bucket}`, `the client signs /${bucket}, without the slash at its end: sign /${bucket}/`],
    [`/${label}/${bucket}/`, twice],
    [`/${label}/${bucket}`, twice],
    [`/${bucket}/${bucket}/`, twice],
  ];
}

function askedFor(address: BucketAddress): string {
  if (address.bucket === undefined) return 'names none';
  const by = {
    path: 'the first segment of its path',
    host: 'which the settings give its Host to',
    label: 'the first label of its Host',
  }[address.by];
  return `is for ${quoted(address.bucket)}, ${by}`;
}

function otherBucket(name: string, asked: string): string {
  return `the signature fits the bucket ${quoted(name)}, but the call ${asked}: client and service use different endpoint styles. Have the client use path style, or, for CNAME, put its Host among the hosts of the bucket`;
}
