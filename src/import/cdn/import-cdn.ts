import { ImportProblem, orFailure } from '../import-problem.js';
import type { Imported, ImportedPolicy, ImportFailure, ImportSource } from '../imported.js';
import { readJson } from '../json/read-json.js';
import { Losses } from '../losses.js';
import { type CdnFunction, findFunctions } from './find-functions.js';
import { isRefererFunction } from './referer-functions.js';
import { refererPolicy } from './referer-policy.js';

/** Reads the Referer lists of Alibaba CDN domains; what else decides there who may fetch is a loss. */
export function importCdn(source: ImportSource): Promise<Imported | ImportFailure> {
  return orFailure(source, async () => {
    const functions = await findFunctions(await readJson(source.text));
    const losses = new Losses(source);
    const lists = functions.filter((each) => isRefererFunction(each.name) || tellOther(each, losses));
    const inForce = lists.filter((each) => !tellCondition(each, losses));
    const policies = [...byDomains(inForce).values()].map((each) => policyOf(each, losses));
    if (lists.length === 0) losses.harmless(1, 'no Referer list is configured: there is no policy');
    return { policies, losses: losses.list };
  });
}

/** Functions beside the Referer lists that decide who may fetch. */
const accessFunctions: Readonly<Record<string, string>> = {
  ip_allow_list_set: 'clients by address: write match.clientIps or exempt.clientIps, or keep it in the proxy',
  ip_black_list_set: 'clients by address: write match.clientIps or exempt.clientIps, or keep it in the proxy',
  aliauth: 'signed URLs: check signatures in the proxy or the origin',
  ali_ua: 'clients by user agent: write match conditions, or keep it in the proxy',
  cdn_remote_auth: 'remote authentication: ask that service from the proxy as well',
};

/** False, after the function is told as a loss. */
function tellOther({ name, line }: CdnFunction, losses: Losses): false {
  const access = Object.hasOwn(accessFunctions, name) ? accessFunctions[name] : undefined;
  if (access === undefined) losses.harmless(line, `${name} is not about Referers: left out`);
  else losses.changing(line, `${name} decides on ${access}`);
  return false;
}

/** True, after it is told, for a list that depends on a rule condition: without it, it would cover every request. */
function tellCondition({ name, line, condition, status }: CdnFunction, losses: Losses): boolean {
  if (condition !== undefined) {
    losses.changing(
      line,
      `${name} depends on the rule condition ${condition}, which is not in this file: left out; import it alone, ` +
        'without its parentId, and write the condition as match',
    );
    return true;
  }
  if (status === 'failed') losses.harmless(line, `${name} has the status failed: carried over as if it were in force`);
  return false;
}

function byDomains(functions: readonly CdnFunction[]): ReadonlyMap<string, CdnFunction> {
  const found = new Map<string, CdnFunction>();
  for (const each of functions) {
    const earlier = found.get(each.domains);
    if (earlier !== undefined) {
      const both = earlier.name === each.name ? `${each.name} is given twice` : `${earlier.name} is set already`;
      throw new ImportProblem(`${both}: Alibaba CDN takes one Referer list for a domain`, each.line);
    }
    found.set(each.domains, each);
  }
  return found;
}

function policyOf(list: CdnFunction, losses: Losses): ImportedPolicy {
  const hosts = list.domains.split(',').map((domain) => domain.trim());
  const named = hosts.filter((host) => host !== '');
  return refererPolicy(list, named, losses);
}
