/** The parameter `Functions` with one function. */
export function functionsText(functionName: string, args: Readonly<Record<string, string>>, more: object = {}): string {
  const functionArgs = Object.entries(args).map(([argName, argValue]) => ({ argName, argValue }));
  return JSON.stringify([{ functionName, functionArgs, ...more }]);
}

/** A white list with one host, where nothing else is said. */
export function whiteList(args: Readonly<Record<string, string>> = {}, more: object = {}): string {
  return functionsText('referer_white_list_set', { refer_domain_allow_list: 'shop.example', ...args }, more);
}

/** A black list with one host, where nothing else is said. */
export function blackList(args: Readonly<Record<string, string>> = {}, more: object = {}): string {
  return functionsText('referer_black_list_set', { refer_domain_deny_list: 'leech.example', ...args }, more);
}
