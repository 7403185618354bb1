/** What a Referer list of Alibaba CDN says, in plain values. */
export interface CdnList {
  readonly kind: 'white' | 'black';
  readonly entries: readonly string[];
  readonly allowEmpty: boolean;
  /** `disable_ast` */
  readonly exact: boolean;
  readonly ignoreScheme: boolean;
}

/** The `functions` that BatchSetCdnDomainConfig is sent. */
export function cdnFunctions({ kind, entries, allowEmpty, exact, ignoreScheme }: CdnList): string {
  const list = kind === 'white' ? 'refer_domain_allow_list' : 'refer_domain_deny_list';
  const values = {
    [list]: entries.join(','),
    allow_empty: onOff(allowEmpty),
    disable_ast: onOff(exact),
    ignore_scheme: onOff(ignoreScheme),
  };
  const functionArgs = Object.entries(values).map(([argName, argValue]) => ({ argName, argValue }));
  return JSON.stringify([{ functionArgs, functionName: `referer_${kind}_list_set` }]);
}

function onOff(value: boolean): string {
  return value ? 'on' : 'off';
}

/** The decision as the page "Configure a Referer whitelist or blacklist" describes it. */
export function cdnAllows(list: CdnList, referer: string): boolean {
  if (referer === '') return list.allowEmpty;
  const host = hostOf(referer, list.ignoreScheme);
  const isOn = host !== undefined && list.entries.some((entry) => covers(entry, host, list.exact));
  return list.kind === 'white' ? isOn : !isOn;
}

/** `undefined` for a Referer that is invalid, and so on no list. */
function hostOf(referer: string, ignoreScheme: boolean): string | undefined {
  const read = /^(?:https?:\/\/)?([^/:]+)(?::\d+)?(?:\/.*)?$/.exec(referer);
  return read !== null && (ignoreScheme || /^https?:/.test(referer)) ? read[1] : undefined;
}

/** Label by label; what is not exact may have more labels in front, and so may a wildcard. */
function covers(entry: string, host: string, exact: boolean): boolean {
  const labels = entry.split('.').map((label) => label.replaceAll('*', label === '*' ? '[^.]+' : '[^.]*'));
  return new RegExp(`^${exact ? '' : '(?:[^.]+\\.)*'}${labels.join('\\.')}$`).test(host);
}
