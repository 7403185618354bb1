/** What `npm start` and the demos suggest to try, and what comes of it. Tests run every line. */
const tries = [
  { path: '/images/a.jpg', referer: 'https://www.shop.example/', answer: '200: shop.example is on the allow list' },
  { path: '/images/a.jpg', referer: 'https://leech.example/', answer: '403: leech.example is not' },
  { path: '/videos/a.mp4', referer: 'https://leech.example/', answer: '302 to https://shop.example/hotlink.png' },
] as const;

/** A `curl` line and what it will answer, for each; `base` is where to ask, such as `127.0.0.1:8000`. */
export function triesAt(base: string): string[] {
  return tries.flatMap(({ path, referer, answer }) => [
    `  curl -i http://${base}${path} -H 'Host: cdn.shop.example' -H 'Referer: ${referer}'`,
    `    answers ${answer}`,
  ]);
}
