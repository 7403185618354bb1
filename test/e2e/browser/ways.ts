import type { Page } from 'playwright-core';
import { ask } from '../../support/ask.js';
import type { Content } from '../../support/web-site.js';
import type { Scene } from './scene.js';

/** What a visitor got. */
export interface Got {
  /** None where the browser tells nobody, as with a CORS answer that it refuses. */
  readonly status: number | undefined;
  /** Whether the picture was drawn or the film can be played, where that can be seen. */
  readonly shown?: boolean;
}

/** Asks for a URL of the shop. */
export type Way = (scene: Scene, url: string) => Promise<Got>;

/** The thief's page is on 127.0.0.1 and not on another port of localhost, which would be the same site. */
const origins = {
  shop: ({ envoy }: Scene) => `http://localhost:${portOf(envoy.address)}`,
  'www.shop': ({ envoy }: Scene) => `http://www.shop.localhost:${portOf(envoy.address)}`,
  partner: ({ others }: Scene) => `http://partner.example:${others.port}`,
  thief: ({ others }: Scene) => `http://127.0.0.1:${others.port}`,
} as const;

/** Whose page it is. */
export type Whose = keyof typeof origins;

type OnAServerOfItsOwn = 'partner' | 'thief';

/** Asked on a page whether the browser shows what it got. */
export const drawn = 'document.images[0]?.naturalWidth > 0';
export const playable = `new Promise((resolve) => {
  const film = document.querySelector('video');
  const look = () => (film.readyState > 0 || film.error) && resolve(film.readyState > 0);
  film.addEventListener('loadedmetadata', look);
  film.addEventListener('error', look);
  look();
})`;

export function portOf(address: string): string {
  return address.slice(address.lastIndexOf(':') + 1);
}

/** A page that embeds the URL; `look` asks it whether it shows it. */
export function embeddedBy(whose: Whose, html: (url: string) => string, look?: string): Way {
  return (scene, url) =>
    inNewProfile(scene, async (page) => {
      publish(scene, html(url));
      // `goto` waits until pictures and frames have come, or failed.
      const [status] = await Promise.all([statusOf(page, url), page.goto(`${origins[whose](scene)}/page`)]);
      return look === undefined ? { status } : { status, shown: await page.evaluate<boolean>(look) };
    });
}

/** A page that embeds the URL by way of a file beside it: a style sheet, a frame. */
export function embeddedThrough(
  path: string,
  content: (url: string) => Content,
  whose: OnAServerOfItsOwn,
  html: string,
): Way {
  const visit = embeddedBy(whose, () => html);
  return (scene, url) => {
    scene.others.put(path, content(url));
    return visit(scene, url);
  };
}

/** A page with a link to the URL, which is followed. */
export function linkedBy(whose: Whose, attributes = ''): Way {
  return (scene, url) =>
    inNewProfile(scene, async (page) => {
      publish(scene, `<a ${attributes} href="${url}">link</a>`);
      await page.goto(`${origins[whose](scene)}/page`);
      const [status] = await Promise.all([statusOf(page, url), page.click('a')]);
      return { status };
    });
}

/** The address is typed; for the browser a bookmark is the same. */
export const typed: Way = (scene, url) =>
  inNewProfile(scene, async (page) => {
    const status = (await page.goto(url))?.status();
    return { status, shown: await page.evaluate<boolean>(drawn) };
  });

/** A client that is no browser of today. */
export function byClient(userAgent: string): Way {
  return async ({ envoy }, url) => {
    const { host, pathname, search } = new URL(url);
    const { status } = await ask(envoy.address, {
      target: pathname + search,
      host,
      headers: { 'User-Agent': userAgent },
    });
    return { status };
  };
}

/** No cache and no history of the visit before. */
async function inNewProfile(scene: Scene, visit: (page: Page) => Promise<Got>): Promise<Got> {
  const profile = await scene.browser.newContext();
  try {
    return await visit(await profile.newPage());
  } finally {
    await profile.close();
  }
}

/** Puts the page on all sites; which one is visited is what counts. */
function publish({ shop, others }: Scene, body: string): void {
  for (const site of [shop, others]) site.put('/page', { type: 'text/html', body: `<!doctype html>${body}` });
}

/** Status of the answer to the first request for the URL from now on. */
async function statusOf(page: Page, url: string): Promise<number | undefined> {
  const request = await page.waitForRequest((sent) => sent.url() === url);
  return (await request.response())?.status();
}
