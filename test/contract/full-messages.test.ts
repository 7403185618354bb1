import { expect } from 'chai';
import { CheckRequest, CheckResponse } from '#refgate/gen/envoy/service/auth/v3/external_auth.js';
import { FullMessages, reachableTypes } from '../support/full-messages.js';
import { loadOfficialProtos, loadOwnProtos, messageType, ownRoot } from '../support/grpc-official-protos.js';

/** As many as the longest oneof has members: google.protobuf.Value with six. */
const VARIANTS = 6;

const CODECS = [
  {
    name: 'envoy.service.auth.v3.CheckRequest',
    reencode: (bytes: Uint8Array) => CheckRequest.encode(CheckRequest.decode(bytes)).finish(),
  },
  {
    name: 'envoy.service.auth.v3.CheckResponse',
    reencode: (bytes: Uint8Array) => CheckResponse.encode(CheckResponse.decode(bytes)).finish(),
  },
];

describe('full messages between our codecs and the official protos', () => {
  const root = ownRoot();
  const official = loadOfficialProtos();
  const own = loadOwnProtos();

  for (const { name, reencode } of CODECS) {
    const theirs = messageType(official, name);
    const ours = messageType(own, name);

    for (let variant = 0; variant < VARIANTS; variant += 1) {
      const message = new FullMessages().build(root.lookupType(name), variant);

      it(`${name}, variant ${variant}: theirs → generated code → theirs`, () => {
        const sent = theirs.serialize(message);
        const returned = Buffer.from(reencode(sent));
        expect(theirs.deserialize(returned)).to.deep.equal(theirs.deserialize(sent));
      });

      it(`${name}, variant ${variant}: our definitions and theirs read each other's bytes`, () => {
        const [fromOurs, fromTheirs] = [ours.serialize(message), theirs.serialize(message)];
        expect(theirs.deserialize(fromOurs)).to.deep.equal(ours.deserialize(fromTheirs));
        expect(theirs.deserialize(fromOurs)).to.deep.equal(theirs.deserialize(fromTheirs));
      });
    }

    it(`${name}: no field was left out`, () => {
      const messages = new FullMessages();
      for (let variant = 0; variant < VARIANTS; variant += 1) messages.build(root.lookupType(name), variant);
      const known = [...reachableTypes(root.lookupType(name)).values()].flatMap((type) => type.fieldsArray);
      expect([...messages.filled]).to.have.members(known.map((field) => field.fullName));
    });
  }
});
