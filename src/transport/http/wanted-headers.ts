import { forwardedForHeader } from '../client-ip.js';
import type { Contract } from './contract.js';
import { HeaderNames } from './raw-headers.js';

/** Sets are made once: one for each contract, one for each set of compiled rules. */
const byContract = new WeakMap<Contract, HeaderNames>();
const byRules = new WeakMap<ReadonlySet<string>, HeaderNames>();

/** The headers that a contract describes its request by, lower case. */
export function contractHeaders(contract: Contract): HeaderNames {
  return remembered(byContract, contract, () => {
    const { target, host, method, scheme, peer } = contract.headers;
    return new HeaderNames(
      [target, host, method, scheme, peer, forwardedForHeader].filter((name) => name !== undefined),
    );
  });
}

/** The headers of the client's request that decisions are made by, lower case. */
export function decisiveHeaders(headersRead: ReadonlySet<string>): HeaderNames {
  return remembered(byRules, headersRead, () => new HeaderNames([...headersRead, 'referer']));
}

function remembered<K extends object, V>(memory: WeakMap<K, V>, key: K, make: () => V): V {
  const known = memory.get(key);
  if (known !== undefined) return known;
  const made = make();
  memory.set(key, made);
  return made;
}
