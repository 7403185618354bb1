/**
 * The functions of a CDN domain that are Referer lists, each with the argument that holds the list (Alibaba CDN:
 * "Parameters for configuring features for domain names").
 */
export const REFERER_FUNCTIONS = {
  referer_white_list_set: 'refer_domain_allow_list',
  referer_black_list_set: 'refer_domain_deny_list',
} as const;

/** The name of such a function. */
export type RefererFunction = keyof typeof REFERER_FUNCTIONS;

/** The arguments that both functions have beside their list, none of them required. */
export const COMMON_ARGUMENTS = ['allow_empty', 'redirect_url', 'disable_ast', 'ignore_scheme'] as const;

/** Whether a function is a Referer list. */
export function isRefererFunction(name: string): name is RefererFunction {
  return Object.hasOwn(REFERER_FUNCTIONS, name);
}
