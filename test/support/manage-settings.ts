import type { AccessKey, ManageSettings, Role } from '#refgate/manage/settings/manage-settings.js';

/** What a test says of the settings; all else is as if the settings file did not say it. */
export interface SettingsOfTest
  extends Partial<Pick<ManageSettings, 'readOnly' | 'maxSkewSeconds' | 'requestsPerSecond'>> {
  /** Hosts by name. Default: `shop-images` (img.shop.example) and `shop-video` (video.shop.example). */
  readonly buckets?: Readonly<Record<string, readonly string[]>>;
  /** Secrets by id. Default: `ak` with `sk`. */
  readonly keys?: Readonly<Record<string, string>>;
  /** Rights of every key. Default: editor of every bucket. */
  readonly rights?: Readonly<Record<string, Role>>;
}

/** Settings as they are after reading. */
export function manageSettings(written: SettingsOfTest = {}): ManageSettings {
  const { keys = { ak: 'sk' }, rights = { '*': 'editor' }, readOnly = false } = written;
  const { maxSkewSeconds = 900, requestsPerSecond = 50, buckets = usualBuckets } = written;
  const accessKeys = Object.entries(keys).map(([id, secret]): [string, AccessKey] => [
    id,
    { id, secret, buckets: new Map(Object.entries(rights)), domains: new Map() },
  ]);
  return {
    managed: 'managed',
    readOnly,
    maxSkewSeconds,
    requestsPerSecond,
    accessKeys: new Map(accessKeys),
    tokens: [],
    buckets: new Map(Object.entries(buckets).map(([name, hosts]) => [name, { name, hosts, policy: name }])),
    domains: new Map(),
  };
}

const usualBuckets = { 'shop-images': ['img.shop.example'], 'shop-video': ['video.shop.example'] };
