import { startRefgate } from '../support/refgate-process.js';
import { RulesDir, writeFiles } from '../support/rules-dir.js';

/** What stands for Alibaba's side: a refgate with a bucket and a domain that have lists already. */
const FILES = {
  'managed/shop-images.yaml': `policies:
  - name: shop-images
    match: { hosts: [old.example] }
    referer:
      dialect: oss
      allow: ["http*://*.shop.example/", "http*://shop.example/"]
      deny: ["https://evil.shop.example/"]
      empty: deny
      truncateQuery: true
      truncatePath: false
      allowSelf: false
    onDeny: { format: oss-xml }
`,
  'managed/cdn.shop.example.yaml': `policies:
  - name: cdn.shop.example
    match: { hosts: [cdn.shop.example] }
    referer: { allow: [shop.example], empty: allow, allowSelf: false }
    onDeny: { redirect: "https://shop.example/hotlink.png" }
`,
};

const SETTINGS = `accessKeys:
  - { id: LTOLD, secret: sk-old, buckets: { shop-images: viewer }, domains: { cdn.shop.example: viewer } }
buckets: [{ name: shop-images, hosts: [old.example] }]
domains: [cdn.shop.example]
`;

/** Where the bucket and the domain of the guide come from. */
export interface OldPlace {
  /** `host:port` */
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts it; its key `LTOLD` with the secret `sk-old` may read. */
export async function startOldPlace(): Promise<OldPlace> {
  const rules = new RulesDir({ 'none.yaml': 'policies: []\n', ...FILES });
  writeFiles(rules.around, { 'manage.yaml': SETTINGS });
  const args = ['--manage-listen', '127.0.0.1:0', '--manage-config', rules.beside('manage.yaml')];
  const refgate = await startRefgate({ rules: rules.path, args });
  const stop = async (): Promise<void> => {
    await refgate.process.stop();
    rules.dispose();
  };
  return { address: refgate.manage, stop };
}
