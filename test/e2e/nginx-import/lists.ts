import type { Divergence } from './divergence.js';

/** Words of a `valid_referers`. */
export interface ListCase {
  readonly words: string;
  readonly differs?: readonly Divergence[];
}

const agreed: readonly string[] = [
  'none good.example',
  'blocked good.example',
  'none blocked good.example',
  'good.example',
  'GOOD.Example',
  'good.example other.example www.good.example',
  '*.good.example',
  'good.example *.good.example',
  '.good.example',
  'www.good.*',
  'good.*',
  '*.example',
  'none blocked server_names',
  'server_names',
  'server_names good.example',
  'good.example/shop',
  'good.example/shop/ other.example',
  '*.good.example/Shop',
  '.good.example/shop?id=',
  'www.good.*/gallery/',
  '192.0.2.1',
  '192.0.*',
  '192.0.2.0/24',
  'localhost',
  'a_b.example',
  'xn--bcher-kva.example',
  '~\\.good\\.example',
  '~^good\\.example',
  '~good\\.example(/|$)',
  '~(?-i)^Good\\.example/',
  '~^[^/]+\\.(good|other)\\.example/',
  'none ~^www\\. good.example',
  'blocked ~^good\\.example$ www.good.example',
  '~\\.google\\. good.example',
  'http://good.example https://*.good.example other.example',
  'good.example:8080 other.example',
  'i.r',
  'none blocked a.b',
];

const different: readonly ListCase[] = [
  { words: 'good.example/', differs: [{ name: 'nginx-path-slash', denies: 'nginx' }] },
  { words: 'bücher.example', differs: [{ name: 'nginx-host-spelling', denies: 'nginx' }] },
  { words: '~^b.cher good.example', differs: [{ name: 'nginx-bytes', denies: 'nginx' }] },
];

/** Lists that stand in a location of their own each. */
export const lists: readonly ListCase[] = [...agreed.map((words) => ({ words })), ...different];
