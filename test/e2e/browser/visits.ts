import type { Content } from '../../support/web-site.js';
import type { Setting } from './scene.js';
import { byClient, drawn, embeddedBy, embeddedThrough, linkedBy, playable, typed, type Way } from './ways.js';

/** One visitor, sent to the shop under each setting. */
export interface Visit {
  /** First column of a row of the table in docs/empty-referers.md. */
  readonly who: string;
  /** Tells apart the visits that stand for one row. */
  readonly how?: string;
  readonly go: Way;
  /** refgate's reason under each setting. */
  readonly reasons: Readonly<Record<Setting, string>>;
  /** The shop's name for this visit; `localhost` when not given. */
  readonly host?: string;
  /** `picture.png` when not given. */
  readonly file?: string;
}

type Reasons = Visit['reasons'];

const always = (reason: string): Reasons => ({ allow: reason, deny: reason, verify: reason, strict: reason });
/** The Referer is empty: the setting decides, and under `verify` the evidence. */
const empty = (verify: string): Reasons => ({ allow: 'empty_allowed', deny: 'empty_denied', verify, strict: verify });
const withoutEvidence: Reasons = { ...empty('empty_unverified_allowed'), strict: 'empty_denied' };

const hidden = 'referrerpolicy="no-referrer"';
/** For what has no such attribute. */
const hiddenPage = '<meta name="referrer" content="no-referrer">';
const picture = (url: string): string => `<img src="${url}">`;
const hiddenPicture = (url: string): string => `<img ${hidden} src="${url}">`;
const hiddenCorsPicture = (url: string): string => `<img crossorigin ${hidden} src="${url}">`;

/** A style sheet's own Referrer-Policy counts, and not that of the page. */
const styleSheet = (body: string): Content => ({
  type: 'text/css',
  body,
  headers: { 'referrer-policy': 'no-referrer' },
});
const background = (url: string): Content => styleSheet(`body { background-image: url("${url}") }`);
/** Fonts are always asked for with CORS. */
const font = (url: string): Content =>
  styleSheet(`@font-face { font-family: shop; src: url("${url}") } body { font-family: shop }`);
const styled = '<link rel="stylesheet" href="/style.css">text';
const frame = (url: string): Content => ({ type: 'text/html', body: hiddenCorsPicture(url) });

/** Every way in which another site's page embeds a file and sends neither Referer nor an Origin that says something. */
const thefts: readonly Pick<Visit, 'how' | 'go' | 'file'>[] = [
  { how: '<img>', go: embeddedBy('thief', hiddenPicture, drawn) },
  { how: '<img> of a page that says it for all', go: embeddedBy('thief', (url) => hiddenPage + picture(url), drawn) },
  {
    how: 'a background picture',
    go: embeddedThrough('/style.css', background, 'thief', styled),
  },
  { how: '<iframe>', go: embeddedBy('thief', (url) => `<iframe ${hidden} src="${url}"></iframe>`) },
  { how: '<object>', go: embeddedBy('thief', (url) => `${hiddenPage}<object data="${url}"></object>`) },
  {
    how: 'fetch',
    go: embeddedBy(
      'thief',
      (url) => `<script>fetch('${url}', { mode: 'no-cors', referrerPolicy: 'no-referrer' })</script>`,
    ),
  },
  {
    how: '<video>',
    file: 'film.wav',
    go: embeddedBy('thief', (url) => `${hiddenPage}<video src="${url}"></video>`, playable),
  },
  {
    how: 'a sandboxed frame, whose Origin is null',
    go: embeddedThrough('/frame', frame, 'thief', '<iframe sandbox src="/frame"></iframe>'),
  },
];

/** All visits, in the order of the table. */
export const visits: readonly Visit[] = [
  { who: 'A page of your site', go: embeddedBy('shop', picture, drawn), reasons: always('self') },
  ...[
    { go: embeddedBy('shop', hiddenPicture, drawn) },
    {
      how: 'on another host of your site',
      go: embeddedBy('www.shop', hiddenPicture, drawn),
      host: 'cdn.shop.localhost',
    },
  ].map((visit) => ({
    ...visit,
    who: 'A page of your site that hides its address',
    reasons: empty('empty_verified'),
  })),
  { who: "A partner's page", go: embeddedBy('partner', picture, drawn), reasons: always('allow_list') },
  {
    who: "A partner's page that hides its address",
    go: embeddedBy('partner', hiddenPicture, drawn),
    reasons: empty('empty_cross_site'),
  },
  ...[
    { how: '<img crossorigin>', go: embeddedBy('partner', hiddenCorsPicture, drawn) },
    { how: 'a font', go: embeddedThrough('/style.css', font, 'partner', styled) },
  ].map((visit) => ({
    ...visit,
    who: "A partner's page that hides its address and asks with CORS",
    reasons: empty('allow_list'),
  })),
  { who: 'A page of another site', go: embeddedBy('thief', picture, drawn), reasons: always('not_in_allow_list') },
  ...thefts.map((theft) => ({
    ...theft,
    who: 'A page of another site that hides its address',
    reasons: empty('empty_cross_site'),
  })),
  ...[
    { how: '<img crossorigin>', go: embeddedBy('thief', hiddenCorsPicture, drawn) },
    { how: 'a font', go: embeddedThrough('/style.css', font, 'thief', styled) },
  ].map((visit) => ({
    ...visit,
    who: 'A page of another site that hides its address and asks with CORS',
    reasons: empty('not_in_allow_list'),
  })),
  { who: 'A link on another site', go: linkedBy('thief'), reasons: always('not_in_allow_list') },
  ...[
    { how: 'rel=noreferrer', go: linkedBy('thief', 'rel="noreferrer"') },
    { how: 'referrerpolicy', go: linkedBy('thief', hidden) },
  ].map((visit) => ({
    ...visit,
    who: 'A link on another site that hides its address',
    reasons: empty('empty_verified'),
  })),
  { who: 'A typed address, a bookmark', go: typed, reasons: empty('empty_verified') },
  {
    who: 'An app, a player or a download tool',
    go: byClient('AppleCoreMedia/1.0.0.21A329 (iPhone; U; CPU OS 17_0 like Mac OS X; en_us)'),
    reasons: withoutEvidence,
  },
  {
    who: 'A browser older than Chrome 76, Firefox 90, Safari 16.4',
    go: byClient('Mozilla/5.0 (Windows NT 6.1; rv:52.0) Gecko/20100101 Firefox/52.0'),
    reasons: withoutEvidence,
  },
  {
    who: "A search engine's bot",
    go: byClient('Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'),
    reasons: withoutEvidence,
  },
  {
    who: 'Any page that hides its address, if your files are on http://',
    go: embeddedBy('thief', hiddenPicture, drawn),
    reasons: withoutEvidence,
    host: 'cdn.shop.example',
  },
];
