import { ImportProblem } from '../import-problem.js';
import type { JsonValue } from '../json/json-value.js';
import { readNestedJson } from '../json/read-json.js';

/** A feature of a domain (Alibaba CDN: "Parameters for configuring features for domain names"). */
export interface CdnFunction {
  readonly name: string;
  readonly line: number;
  readonly args: ReadonlyMap<string, JsonValue>;
  /** The domain names that it is said of; `''` where the text does not tell, as in an answer about one domain. */
  readonly domains: string;
  /** The rule condition it depends on. */
  readonly condition: string | undefined;
  readonly status: string | undefined;
}

/** What a conditionless function has as the identifier of its condition. */
const noCondition = ['', '-1', '0'];

/** Keys that show a text without functions to be a configuration all the same. */
const containers = ['DomainConfigs', 'Functions', 'functions'];

/**
 * Finds the functions wherever they stand, for they come in many wrappings: the answer of DescribeCdnDomainConfigs
 * (UpperCamel), the `functions` of BatchSetCdnDomainConfig (lowerCamel, a list, or text in a request), and Terraform's
 * resources `alicloud_cdn_domain_config` (snake case).
 *
 * @throws ImportProblem where there is nothing of the kind
 */
export async function findFunctions(root: JsonValue): Promise<readonly CdnFunction[]> {
  const finder = new Finder();
  await finder.visit(root, '');
  if (finder.found.length > 0 || finder.sawContainer || (root.isList && root.items().length === 0)) return finder.found;
  throw new ImportProblem('no functions of Alibaba CDN here: expected "DomainConfigs", or a list of functions', 1);
}

class Finder {
  readonly found: CdnFunction[] = [];
  sawContainer = false;

  async visit(value: JsonValue, domains: string): Promise<void> {
    if (value.isList) for (const item of value.items()) await this.visit(item, domains);
    if (!value.isObject) return;
    const own = value.get('DomainNames', 'domainNames', 'DomainName', 'domainName', 'domain_name');
    const inside = own?.isText === true ? own.text() : domains;
    const name = value.get('FunctionName', 'functionName', 'function_name');
    if (name === undefined) await this.#visitMembers(value, inside);
    else this.found.push(readFunction(value, name, inside));
  }

  async #visitMembers(value: JsonValue, domains: string): Promise<void> {
    for (const [key, member] of value.members()) {
      const isContainer = containers.includes(key);
      this.sawContainer ||= isContainer;
      const isRequestText = isContainer && member.isText;
      await this.visit(isRequestText ? await readNestedJson(member) : member, domains);
    }
  }
}

function readFunction(value: JsonValue, name: JsonValue, domains: string): CdnFunction {
  const parent = value.get('ParentId', 'parentId', 'parent_id')?.identifier();
  return {
    name: name.text(),
    line: name.line,
    args: readArguments(value),
    domains,
    condition: parent === undefined || noCondition.includes(parent) ? undefined : parent,
    status: value.get('Status', 'status')?.text(),
  };
}

function readArguments(value: JsonValue): ReadonlyMap<string, JsonValue> {
  const args = new Map<string, JsonValue>();
  const given = value.get('FunctionArgs', 'functionArgs', 'function_args');
  const list = given?.get('FunctionArg') ?? given;
  const items = list === undefined || list.isList ? (list?.items() ?? []) : [list];
  for (const item of items) {
    const name = item.get('ArgName', 'argName', 'arg_name') ?? item.fail('an object with "argName"');
    if (args.has(name.text())) throw new ImportProblem(`the argument ${name.text()} is given twice`, name.line);
    const argument = item.get('ArgValue', 'argValue', 'arg_value');
    if (argument !== undefined) args.set(name.text(), argument);
  }
  return args;
}
