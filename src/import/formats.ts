import type { Importer } from './imported.js';

/** A product whose configuration `refgate import` reads. */
export interface ImportFormat {
  /** Its name, for help texts and the head of the rule file. */
  readonly product: string;
  /** What FILE holds. */
  readonly input: string;
  /** Its code is loaded when it is asked for. */
  readonly load: () => Promise<Importer>;
}

/** By the word on the command line. */
export const importFormats = {
  nginx: {
    product: 'nginx',
    input: 'nginx.conf with its includes, or a file with servers or locations',
    load: async () => (await import('./nginx/import-nginx.js')).importNginx,
  },
  oss: {
    product: 'Alibaba Cloud OSS',
    input: 'RefererConfiguration XML, as GetBucketReferer answers',
    load: async () => (await import('./oss/import-oss.js')).importOss,
  },
  cdn: {
    product: 'Alibaba Cloud CDN',
    input: 'JSON of DescribeCdnDomainConfigs, or the functions of BatchSetCdnDomainConfig',
    load: async () => (await import('./cdn/import-cdn.js')).importCdn,
  },
  'tencent-cdn': {
    product: 'Tencent Cloud CDN',
    input: 'JSON of DescribeDomainsConfig or UpdateDomainConfig, or its Referer alone',
    load: async () => (await import('./tencent-cdn/import-tencent-cdn.js')).importTencentCdn,
  },
  'huawei-cdn': {
    product: 'Huawei Cloud CDN',
    input: 'JSON of the referer of a domain, or of its full configuration',
    load: async () => (await import('./huawei-cdn/import-huawei-cdn.js')).importHuaweiCdn,
  },
  volcengine: {
    product: 'Volcengine CDN',
    input: 'JSON of DescribeCdnConfig or UpdateCdnConfig, or its RefererAccessRule alone',
    load: async () => (await import('./volcengine/import-volcengine.js')).importVolcengine,
  },
  htaccess: {
    product: 'Apache',
    input: 'a .htaccess file with RewriteRules on the Referer',
    load: async () => (await import('./htaccess/import-htaccess.js')).importHtaccess,
  },
} satisfies Readonly<Record<string, ImportFormat>>;

/** A word for FORMAT. */
export type ImportFormatName = keyof typeof importFormats;
