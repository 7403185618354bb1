import { expect } from 'chai';
import { ask } from '../support/ask.js';
import { fronts, nginx } from '../support/fronts.js';
import { useChain } from './chain.js';

const target = '/images/logo.png';
const shop = 'https://shop.example/';

for (const front of fronts) {
  describe(`hostile headers through ${front.name}`, function () {
    this.timeout(60_000);
    const chain = useChain(front);
    const statusFor = async (referers: readonly string[], headers: Readonly<Record<string, string>> = {}) =>
      (await ask(chain().front.address, { target, referers, headers })).status;

    it('takes two Referer lines for invalid where it gets them, and for one URL where Envoy joins them', async () => {
      // Envoy writes `a,b` into one value, which as a URL has the first one's host. No hole: who can send two Referer
      // lines can send the one that he likes.
      expect(await statusFor([shop, 'https://thief.example/'])).to.equal(front === nginx ? 403 : 200);
      expect(await statusFor(['https://thief.example/', shop])).to.equal(403);
    });

    it('denies a Referer of 64 KiB, by whichever of proxy and refgate gives up first', async () => {
      // nginx: 400 (large_client_header_buffers); Envoy: 431 above 60 KiB of headers.
      expect(await statusFor([`${shop}${'a'.repeat(65_536)}`])).to.be.oneOf([400, 403, 431]);
    });

    it('denies a Referer that is too long to be read', async () => {
      // Above refgate's 16,384 bytes; nginx itself takes no header line above 8 KiB.
      expect(await statusFor([`${shop}${'a'.repeat(20_000)}`])).to.be.oneOf([400, 403]);
    });

    it('still judges a request with 21 KiB of headers', async () => {
      // More than Node's own limit of 16 KiB, and less than the 32 KiB that nginx lets through.
      const line = 'x'.repeat(7_000);
      const headers = { Cookie: `c=${line}`, 'X-First': line, 'X-Second': line };
      expect(await statusFor([shop], headers)).to.equal(200);
      expect(await statusFor(['https://thief.example/'], headers)).to.equal(403);
    });

    it('reads white space around a Referer as no part of it', async () => {
      expect(await statusFor([`  ${shop}\t`])).to.equal(200);
    });
  });
}
