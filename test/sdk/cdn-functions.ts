import type { PythonSdk } from './sdk-program.js';

/** Both Python SDKs, by the name of their package. */
export const SDKS: readonly (readonly [sdk: PythonSdk, name: string])[] = [
  ['cdn', 'alibabacloud_cdn20180510'],
  ['cdn-rpc', 'aliyun-python-sdk-cdn'],
];

/** The function that sets the white list. */
export const WHITE = 'referer_white_list_set';
/** The function that sets the black list. */
export const BLACK = 'referer_black_list_set';

type Arguments = Readonly<Record<string, string>>;

/** The JSON text of `Functions` with one function. */
export function functionsOf(functionName: string, args: Arguments, more: object = {}): string {
  const functionArgs = Object.entries(args).map(([argName, argValue]) => ({ argName, argValue }));
  return JSON.stringify([{ functionArgs, functionName, ...more }]);
}
