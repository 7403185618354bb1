import type { AuthzRequest } from '../../model/authz-request.js';
import { clientIp, forwardedForHeader } from '../client-ip.js';
import { HeaderTable } from './header-table.js';
import { KeyValueSpan } from './key-value-span.js';
import { WireReader } from './wire-reader.js';

/** What a CheckRequest is read for. */
export interface CheckReading {
  /** The headers to hand over; with trusted hops it must name x-forwarded-for. */
  readonly headers: HeaderTable;
  /** Proxies between the client and the one that asks: see `clientIp`. */
  readonly trustedHops: number;
}

/** Why bytes are no request that could be decided: the text of an INVALID_ARGUMENT. */
export interface CheckProblem {
  readonly problem: string;
}

/** Number and wire type of the fields that are read (wire type 2: strings, bytes, messages and map entries). */
const field = (number: number): number => (number << 3) | 2;
const REQUEST_ATTRIBUTES = field(1);
const ATTRIBUTES_SOURCE = field(1);
const ATTRIBUTES_REQUEST = field(4);
const ATTRIBUTES_CONTEXT_EXTENSIONS = field(10);
const PEER_ADDRESS = field(1);
const ADDRESS_SOCKET_ADDRESS = field(1);
const ADDRESS_PIPE = field(2);
const ADDRESS_INTERNAL = field(3);
const SOCKET_ADDRESS_ADDRESS = field(2);
const REQUEST_HTTP = field(2);
const HTTP_METHOD = field(2);
const HTTP_HEADERS = field(3);
const HTTP_PATH = field(4);
const HTTP_HOST = field(5);
const HTTP_SCHEME = field(6);
const HTTP_HEADER_MAP = field(13);
const HEADER_MAP_HEADERS = field(1);

const POLICY_EXTENSION = Buffer.from('policy');

/**
 * Reads of an `envoy.service.auth.v3.CheckRequest` what a decision needs, and checks that all of it is well formed.
 *
 * Hand-written because it is the dearest step of a Check: a full decoder makes some forty strings of a browser's
 * request, of which a decision reads five to ten. It keeps protobuf's rules: the last of several scalars wins, several
 * occurrences of one message are merged, unknown fields are skipped. Never throws, whatever the bytes are.
 */
export function decodeCheck(bytes: Buffer, reading: CheckReading): AuthzRequest | CheckProblem {
  decoder.begin(bytes, reading.headers);
  decoder.readCheckRequest();
  const problem = decoder.problem();
  if (problem !== undefined) return { problem };
  const { method, scheme, host, path, peer, policyName } = decoder;
  const headers = decoder.headers();
  const client =
    reading.trustedHops === 0 ? peer : clientIp(peer, headers.get(forwardedForHeader), reading.trustedHops);
  return { method, scheme, host, target: path, headers, clientIp: client, policyName };
}

/** What has been read so far. One method for each message; `limit` is the end of that message. */
class CheckDecoder {
  method = '';
  scheme = '';
  host = '';
  path = '';
  peer = '';
  policyName: string | undefined;
  #hasAttributes = false;
  #hasRequest = false;
  #hasHttp = false;
  /** From `headers`: a map, so a name has one value. */
  #mapped = new Map<string, string[]>();
  /** From `header_map`: a list, so a name may have several. */
  #listed: Map<string, string[]> | undefined;
  #wanted = new HeaderTable([]);
  readonly #reader = new WireReader();
  readonly #span = new KeyValueSpan();

  begin(bytes: Buffer, wanted: HeaderTable): void {
    this.method = this.scheme = this.host = this.path = this.peer = '';
    this.policyName = undefined;
    this.#hasAttributes = this.#hasRequest = this.#hasHttp = false;
    this.#mapped = new Map();
    this.#listed = undefined;
    this.#wanted = wanted;
    this.#reader.begin(bytes);
  }

  problem(): string | undefined {
    if (this.#reader.malformed) return 'the bytes are no envoy.service.auth.v3.CheckRequest';
    if (!this.#hasAttributes) return 'attributes is missing';
    if (!this.#hasRequest) return 'attributes.request is missing';
    if (!this.#hasHttp) return 'attributes.request.http is missing: only HTTP requests can be decided';
    if (this.host === '') return 'attributes.request.http.host is missing: policies are found by it';
    return undefined;
  }

  /** A proxy fills one of the two; `header_map` is believed where both are there, because it loses nothing. */
  headers(): Map<string, string[]> {
    return this.#listed ?? this.#mapped;
  }

  readCheckRequest(): void {
    const reader = this.#reader;
    const limit = reader.bytes.length;
    while (reader.nextField(limit)) {
      if (reader.tag !== REQUEST_ATTRIBUTES) reader.skip(limit);
      else this.#readAttributes(reader.readLength(limit));
    }
  }

  #readAttributes(limit: number): void {
    const reader = this.#reader;
    this.#hasAttributes = true;
    while (reader.nextField(limit)) {
      if (reader.tag === ATTRIBUTES_REQUEST) this.#readRequest(reader.readLength(limit));
      else if (reader.tag === ATTRIBUTES_SOURCE) this.#readPeer(reader.readLength(limit));
      else if (reader.tag === ATTRIBUTES_CONTEXT_EXTENSIONS) this.#readContextExtension(reader.readLength(limit));
      else reader.skip(limit);
    }
  }

  #readPeer(limit: number): void {
    const reader = this.#reader;
    while (reader.nextField(limit)) {
      if (reader.tag !== PEER_ADDRESS) reader.skip(limit);
      else this.#readAddress(reader.readLength(limit));
    }
  }

  /** A oneof: its last member wins, so a pipe behind a socket address leaves no IP address. */
  #readAddress(limit: number): void {
    const reader = this.#reader;
    while (reader.nextField(limit)) {
      const { tag } = reader;
      if (tag === ADDRESS_SOCKET_ADDRESS) {
        this.#readSocketAddress(reader.readLength(limit));
        continue;
      }
      if (tag === ADDRESS_PIPE || tag === ADDRESS_INTERNAL) this.peer = '';
      reader.skip(limit);
    }
  }

  #readSocketAddress(limit: number): void {
    const reader = this.#reader;
    while (reader.nextField(limit)) {
      if (reader.tag === SOCKET_ADDRESS_ADDRESS) this.peer = reader.readText(limit);
      else reader.skip(limit);
    }
  }

  #readRequest(limit: number): void {
    const reader = this.#reader;
    this.#hasRequest = true;
    while (reader.nextField(limit)) {
      if (reader.tag === REQUEST_HTTP) this.#readHttp(reader.readLength(limit));
      else reader.skip(limit);
    }
  }

  #readHttp(limit: number): void {
    const reader = this.#reader;
    this.#hasHttp = true;
    while (reader.nextField(limit)) {
      switch (reader.tag) {
        case HTTP_HEADERS:
          this.#readMappedHeader(reader.readLength(limit));
          break;
        case HTTP_HEADER_MAP:
          this.#readHeaderMap(reader.readLength(limit));
          break;
        case HTTP_METHOD:
          this.method = reader.readText(limit);
          break;
        case HTTP_PATH:
          this.path = reader.readText(limit);
          break;
        case HTTP_HOST:
          this.host = reader.readText(limit);
          break;
        case HTTP_SCHEME:
          this.scheme = reader.readText(limit);
          break;
        default:
          reader.skip(limit);
      }
    }
  }

  /** Protobuf: the last entry of a key wins. */
  #readMappedHeader(limit: number): void {
    this.#span.readMapEntry(this.#reader, limit);
    const name = this.#wantedName();
    if (name !== undefined) this.#mapped.set(name, [this.#span.value(this.#reader)]);
  }

  #readHeaderMap(limit: number): void {
    const reader = this.#reader;
    while (reader.nextField(limit)) {
      if (reader.tag === HEADER_MAP_HEADERS) this.#readListedHeader(reader.readLength(limit));
      else reader.skip(limit);
    }
  }

  #readListedHeader(limit: number): void {
    this.#span.readHeaderValue(this.#reader, limit);
    this.#listed ??= new Map();
    const name = this.#wantedName();
    if (name === undefined) return;
    const value = this.#span.value(this.#reader);
    const values = this.#listed.get(name);
    if (values === undefined) this.#listed.set(name, [value]);
    else values.push(value);
  }

  #wantedName(): string | undefined {
    return this.#wanted.find(this.#reader.bytes, this.#span.keyStart, this.#span.keyEnd);
  }

  /** An empty name counts as one: it was meant to name a policy, and no policy has it. */
  #readContextExtension(limit: number): void {
    this.#span.readMapEntry(this.#reader, limit);
    const { keyStart, keyEnd } = this.#span;
    const isPolicy = POLICY_EXTENSION.equals(this.#reader.bytes.subarray(keyStart, keyEnd));
    if (isPolicy) this.policyName = this.#span.value(this.#reader);
  }
}

/** One for all: reading is synchronous, and what a decoder consists of would be a fifth of what decoding costs. */
const decoder = new CheckDecoder();
