import { expect } from 'chai';
import protobuf, { type Field, type Root } from 'protobufjs';
import { reachableTypes } from '../support/full-messages.js';
import { officialRoot, ownRoot } from '../support/grpc-official-protos.js';

const ROOTS = ['envoy.service.auth.v3.CheckRequest', 'envoy.service.auth.v3.CheckResponse'];

describe('our .proto files against the official ones', () => {
  const own = ownRoot();
  const official = officialRoot();

  for (const [name, type] of ROOTS.flatMap((root) => [...reachableTypes(own.lookupType(root))])) {
    it(`${name}: each field has the official name, number and type`, () => {
      const theirs = official.lookupType(name);
      for (const field of type.fieldsArray) {
        expect(describeField(theirs.fields[field.name]), field.name).to.deep.equal(describeField(field));
      }
    });

    it(`${name}: each value of its enums has the official name and number`, () => {
      for (const field of type.fieldsArray) {
        const ours = field.resolve().resolvedType;
        if (ours instanceof protobuf.Enum) expect(ours.values).to.deep.equal(official.lookupEnum(ours.fullName).values);
      }
    });
  }

  it('the service has the official methods', () => {
    expect(describeMethods(own)).to.deep.equal(describeMethods(official));
  });
});

function describeField(field: Field | undefined): unknown {
  if (field === undefined) return 'no such field';
  const { id, type, repeated, resolvedType, partOf } = field.resolve();
  const key = field instanceof protobuf.MapField ? field.keyType : '';
  return { id, type: resolvedType?.fullName ?? type, repeated, oneOf: partOf?.name ?? '', key };
}

function describeMethods(root: Root): unknown {
  return root.lookupService('envoy.service.auth.v3.Authorization').methodsArray.map((method) => {
    method.resolve();
    const { name, resolvedRequestType, resolvedResponseType, requestStream, responseStream } = method;
    const types = [resolvedRequestType?.fullName, resolvedResponseType?.fullName];
    return { name, types, requestStream: requestStream ?? false, responseStream: responseStream ?? false };
  });
}
