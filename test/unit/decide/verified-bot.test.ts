import { expect } from 'chai';
import { isVerifiedBot, namesBot } from '#refgate/decide/verified-bot.js';
import { request } from '../../support/policy-builder.js';

describe('namesBot', () => {
  const named: readonly [userAgent: string, name: string][] = [
    ['Googlebot', 'googlebot'],
    ['Googlebot/2.1', 'googlebot'],
    ['Googlebot-Image/1.0', 'googlebot'],
    ['Mozilla/5.0 (compatible; GOOGLEBOT/2.1; +http://www.google.com/bot.html)', 'googlebot'],
    ['Mozilla/5.0 (Applebot/0.1; +http://www.apple.com/go/applebot)', 'applebot'],
    ['Mozilla/5.0; compatible; OAI-SearchBot/1.3; +https://openai.com/searchbot', 'oai-searchbot'],
    ['NotGooglebot Googlebot', 'googlebot'],
    ['googlebotgooglebot;googlebot', 'googlebot'],
  ];
  for (const [userAgent, name] of named) {
    it(`finds ${name} in: ${userAgent}`, () => expect(namesBot(userAgent, name)).to.equal(true));
  }

  const unnamed: readonly [userAgent: string, name: string][] = [
    ['', 'googlebot'],
    ['NotGooglebotX', 'googlebot'],
    ['NotGooglebot/2.1', 'googlebot'],
    ['Googlebots/2.1', 'googlebot'],
    ['Googlebot2/2.1', 'googlebot'],
    ['Google_Googlebot/2.1', 'googlebot'],
    ['Googlebot_Image', 'googlebot'],
    ['Übergooglebot', 'googlebot'],
    ['Google bot', 'googlebot'],
    ['googlebo', 'googlebot'],
    ['OAI-SearchBot/1.3', 'searchbots'],
  ];
  for (const [userAgent, name] of unnamed) {
    it(`does not find ${name} in: ${userAgent || 'nothing'}`, () => expect(namesBot(userAgent, name)).to.equal(false));
  }

  it('takes time in proportion to the length of a user agent that almost names it everywhere', () => {
    expect(namesBot('googlebot'.repeat(100_000), 'googlebot')).to.equal(false);
  });
});

describe('isVerifiedBot', () => {
  const bot = { name: 'googlebot', ranges: { has: (address: string) => address === '192.0.2.1' } };

  it('asks for both, the name and the address', () => {
    const userAgent = { headers: { 'user-agent': 'Googlebot/2.1' } };
    expect(isVerifiedBot(bot, request({ clientIp: '192.0.2.1', ...userAgent }))).to.equal(true);
    expect(isVerifiedBot(bot, request({ clientIp: '192.0.2.2', ...userAgent }))).to.equal(false);
    expect(isVerifiedBot(bot, request({ clientIp: '192.0.2.1' }))).to.equal(false);
  });
});
