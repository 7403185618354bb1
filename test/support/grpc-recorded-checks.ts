import { readFileSync } from 'node:fs';
import { fromRoot } from './paths.js';

/** Compression flag and length, before every message of a gRPC stream. */
const GRPC_PREFIX_BYTES = 5;

/** CheckRequests for one image request of Chrome, as Envoy 1.40.0 sent them. */
export const RECORDED_CHECKS = ['check-1k', 'check-1k-raw', 'check-1k-allowed'] as const;

export function recordedCheck(name: string): Buffer {
  return readFileSync(fromRoot(`test/fixtures/checks/${name}.bin`)).subarray(GRPC_PREFIX_BYTES);
}
