import { expect } from 'chai';
import type { ManageRequest } from '#refgate/manage/manage-request.js';
import { outcomeOf } from '../../../../../support/authenticate-oss.js';
import { authenticationContext, testMoment } from '../../../../../support/authentication-context.js';
import { manageSettings } from '../../../../../support/manage-settings.js';
import { signOss, toManageRequest } from '../../../../../support/sign-oss.js';
import { body, ofOneVersion, type Story, secret, stories } from './stories.js';

const settings = manageSettings({
  keys: { ak: secret, other: 'sk-other' },
  buckets: { 'shop-images': ['img.shop.example', '*.img.shop.example'], 'shop-video': ['video.shop.example'] },
});

async function causeOf({ signed, sent = (request) => request }: Story): Promise<string> {
  const context = authenticationContext(settings);
  const call = signOss({ bucket: 'shop-images', secret, date: testMoment, body, method: 'PUT', ...signed });
  expect(await outcomeOf(sent(toManageRequest(call)), context)).to.equal('SignatureDoesNotMatch');
  return context.failures[0]?.cause ?? 'none';
}

describe('causes of wrong signatures', () => {
  for (const version of ['v1', 'v2', 'v4'] as const) {
    describe(version, () => {
      for (const [title, story, cause] of stories) {
        it(title, async () => {
          expect(await causeOf({ ...story, signed: { version, ...story.signed } })).to.include(cause);
        });
      }
    });
  }

  describe('of one version', () => {
    for (const [title, story, cause] of ofOneVersion) {
      it(title, async () => {
        expect(await causeOf(story)).to.include(cause);
      });
    }
  });

  it('never name a secret', async () => {
    const told = (['v1', 'v2', 'v4'] as const).flatMap((version) =>
      stories.map(([, story]) => ({ ...story, signed: { version, ...story.signed } })),
    );
    for (const story of [...told, ...ofOneVersion.map(([, story]) => story)]) {
      expect(await causeOf(story))
        .to.not.include(secret)
        .and.to.not.include('sk-other');
    }
  });

  it('are not looked for in calls of great size', async () => {
    const story = { signed: { secret: 'x', query: `referer&x-oss-long=${'%20'.repeat(80_000)}` } };
    expect(await causeOf(story)).to.include('too large');
  });

  it('are found without a body that does not arrive', async () => {
    const sent = (request: ManageRequest) => ({ ...request, body: () => Promise.reject(new Error('aborted')) });
    expect(await causeOf({ signed: { secret: `${secret} ` }, sent })).to.include('white space');
  });

  it('are not looked for when an address fails too often', async () => {
    const context = authenticationContext(settings, { failuresAdmitted: 0 });
    const request = toManageRequest(signOss({ bucket: 'shop-images', date: testMoment, secret: `${secret} ` }));
    expect(await outcomeOf(request, context)).to.equal('QpsLimitExceeded');
    expect(context.failures[0]).to.not.have.property('cause');
  });

  it('tell of white space in the settings', async () => {
    const context = authenticationContext(manageSettings({ keys: { ak: ' sk ' } }));
    const request = toManageRequest(signOss({ bucket: 'shop-images', date: testMoment }));
    expect(await outcomeOf(request, context)).to.equal('SignatureDoesNotMatch');
    expect(context.failures[0]?.cause).to.include('the secret in the settings has white space around it');
  });

  it('tell of base64 in the settings', async () => {
    const context = authenticationContext(manageSettings({ keys: { ak: Buffer.from('sk-shop').toString('base64') } }));
    const request = toManageRequest(signOss({ bucket: 'shop-images', date: testMoment, secret: 'sk-shop' }));
    expect(await outcomeOf(request, context)).to.equal('SignatureDoesNotMatch');
    expect(context.failures[0]?.cause).to.include('the one in the settings is');
  });
});
