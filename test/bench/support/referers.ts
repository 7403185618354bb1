import type { Prng } from '../../support/prng.js';
import { siteName } from './names.js';

const words = [
  'gallery',
  'article',
  '2026',
  'products',
  'index.html',
  'blog',
  'summer-sale',
  'item-48213',
  'en',
  'view',
];
const parameters = [
  'utm_source=newsletter',
  'page=3',
  'id=9f8e7d6c5b4a',
  'q=red+shoes',
  'fbclid=IwAR0aB1cD2eF3gH4iJ5kL6mN',
];

/** Full page addresses as browsers send them under `unsafe-url` or from the same site: 30 to 150 characters. */
export function refererOf(random: Prng, number: number): string {
  const path = random.list(1, 6, () => random.pick(words)).join('/');
  const query = random.list(0, 3, () => random.pick(parameters)).join('&');
  return `https://www.${siteName(random, number)}/${path}/${number}${query === '' ? '' : `?${query}`}`;
}

/** Draws from a list so that the n-th is drawn n times less often than the first, as pages are visited. */
export function zipf<T>(items: readonly T[]): (random: Prng) => T {
  let sum = 0;
  const upTo = items.map((_, place) => {
    sum += 1 / (place + 1);
    return sum;
  });
  return (random) => {
    const wanted = random.fraction() * sum;
    let low = 0;
    let high = upTo.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] as number) < wanted) low = middle + 1;
      else high = middle;
    }
    return items[low] as T;
  };
}
