import { isRefererFunction, type RefererFunction } from '../../import/cdn/referer-functions.js';
import { shortened } from '../../printable.js';
import { quote } from '../../rules/key-path.js';
import { isMapping } from '../is-mapping.js';
import type { CdnFault } from './cdn-fault.js';

/** A function of a call, before its arguments are looked at. */
export interface WrittenFunction {
  readonly name: RefererFunction;
  readonly args: ReadonlyMap<string, string>;
  /** As text; `undefined` where none is given. */
  readonly configId: string | undefined;
}

/** Reads the parameter `Functions` as far as its length can be told: a JSON list. */
export function parseFunctions(text: string): readonly unknown[] | CdnFault {
  const parsed = parseJson(text);
  if (!Array.isArray(parsed)) return malformed('expected a JSON list of functions');
  return parsed.length === 0 ? malformed('the list is empty: name a function') : parsed;
}

/** The functions of the list, if all of them are Referer lists. A function is given once. */
export function readFunctions(list: readonly unknown[]): readonly WrittenFunction[] | CdnFault {
  const functions: WrittenFunction[] = [];
  for (const [index, item] of list.entries()) {
    const read = readFunction(item, `[${index}]`);
    if ('code' in read) return read;
    if (functions.some(({ name }) => name === read.name)) return malformed(`[${index}]: ${read.name} is given twice`);
    functions.push(read);
  }
  return functions;
}

/** The fault of a function that is no Referer list. */
export function unsupportedFunction(name: string): CdnFault {
  return {
    code: 'InvalidFunctionName.ValueNotSupported',
    message: `FunctionName [${shortened(name, 100)}] is not supported.`,
  };
}

function readFunction(item: unknown, place: string): WrittenFunction | CdnFault {
  if (!isMapping(item)) return malformed(`${place}: expected an object`);
  const { functionName: name, functionArgs, configId, parentId } = item;
  if (typeof name !== 'string') return malformed(`${place}.functionName: expected text`);
  if (!isRefererFunction(name)) return unsupportedFunction(name);
  const args = readArguments(functionArgs, `${place}.functionArgs`);
  if ('code' in args) return args;
  if (!isIdentifier(configId)) return malformed(`${place}.configId: expected a number or text`);
  return problemOfParent(parentId) ?? { name, args, configId: configId == null ? undefined : String(configId) };
}

function readArguments(list: unknown, place: string): ReadonlyMap<string, string> | CdnFault {
  if (!Array.isArray(list)) return malformed(`${place}: expected a list`);
  const args = new Map<string, string>();
  for (const [index, item] of list.entries()) {
    if (!isMapping(item)) return malformed(`${place}[${index}]: expected an object`);
    const { argName, argValue } = item;
    if (typeof argName !== 'string') return malformed(`${place}[${index}].argName: expected text`);
    if (typeof argValue !== 'string') return malformed(`${place}[${index}].argValue: expected text`);
    if (args.has(argName)) return malformed(`${place}[${index}]: ${quote(argName)} is given twice`);
    args.set(argName, argValue);
  }
  return args;
}

/** A rule condition would leave a list to some requests, and there is none here. -1 says that there is none. */
function problemOfParent(parentId: unknown): CdnFault | undefined {
  if (parentId === undefined || parentId === null || String(parentId) === '-1') return undefined;
  return {
    code: 'Function.InvalidParentId',
    message: 'parentId: rule conditions are not supported: leave it out, or write -1.',
  };
}

function isIdentifier(value: unknown): value is string | number | null | undefined {
  return value === undefined || value === null || typeof value === 'string' || typeof value === 'number';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function malformed(what: string): CdnFault {
  return { code: 'InvalidFunctions.Malformed', message: `Specified Functions is malformed: ${what}.` };
}
