import { loadOfficialProtos, messageType } from './grpc-official-protos.js';

const CHECK_REQUEST = messageType(loadOfficialProtos(), 'envoy.service.auth.v3.CheckRequest');

/** Fields of `attributes.request.http`, with the names of the .proto file. */
export interface CheckHttp {
  method?: string;
  host?: string;
  path?: string;
  scheme?: string;
  headers?: Record<string, string>;
  header_map?: { headers: { key: string; value?: string; raw_value?: Buffer }[] };
}

export const IMAGE_REQUEST = { method: 'GET', host: 'cdn.shop.example', path: '/images/a.jpg?x=1', scheme: 'https' };

/** Bytes of a CheckRequest, encoded by the official protos. */
export function encodeCheckRequest(message: object): Buffer {
  return CHECK_REQUEST.serialize(message);
}

/** A whole CheckRequest for an image, from 192.0.2.2, with what a test is about. */
export function checkRequest(http: CheckHttp = {}, attributes: object = {}): Buffer {
  const source = { address: { socket_address: { address: '192.0.2.2', port_value: 50_000 } } };
  return encodeCheckRequest({
    attributes: { source, request: { http: { ...IMAGE_REQUEST, ...http } }, ...attributes },
  });
}
