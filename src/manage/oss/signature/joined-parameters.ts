import { byteOrder } from '../../bytes/byte-order.js';
import type { Parameter } from '../../bytes/parameters.js';

/** Sorted by name, joined by `&`; a parameter without value is its name alone. */
export function joinedParameters(parameters: readonly Parameter[]): string {
  const sorted = [...parameters].sort((one, other) => byteOrder(one.name, other.name));
  return sorted.map(({ name, value }) => (value === '' ? name : `${name}=${value}`)).join('&');
}
