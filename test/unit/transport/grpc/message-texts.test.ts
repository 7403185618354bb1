import { expect } from 'chai';
import { MessageTexts } from '#refgate/transport/grpc/message-texts.js';

function textsOf(bytes: Buffer): MessageTexts {
  const texts = new MessageTexts();
  texts.begin(bytes);
  return texts;
}

describe('MessageTexts', () => {
  it('reads parts of a message as UTF-8, whatever lies around them', () => {
    const bytes = Buffer.from('\u00ff/images/é/a.jpg');
    const texts = textsOf(bytes);
    for (let start = 0; start <= bytes.length; start++) {
      for (let end = start; end <= bytes.length; end++) {
        expect(texts.text(start, end)).to.equal(bytes.toString('utf8', start, end));
      }
    }
  });

  it('reads large messages too', () => {
    const bytes = Buffer.from('a'.repeat(100_000));
    expect(textsOf(bytes).text(99_990, 100_000)).to.equal('aaaaaaaaaa');
  });

  it('forgets the message before', () => {
    const texts = textsOf(Buffer.from('before'));
    texts.begin(Buffer.from('after!'));
    expect(texts.text(0, 6)).to.equal('after!');
  });
});
