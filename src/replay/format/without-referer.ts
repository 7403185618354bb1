/** Log formats that cannot be replayed, for want of the one header that matters. */
export type UnusableFormat = 'common' | 'envoy' | 'json';

const envoyAnswer = `Configure the access logger of Envoy so, and replay what it writes from then on:

  log_format:
    json_format:
      time: "%START_TIME%"
      client_ip: "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%"
      scheme: "%REQ(:SCHEME)%"
      host: "%REQ(:AUTHORITY)%"
      method: "%REQ(:METHOD)%"
      path: "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%"
      status: "%RESPONSE_CODE%"
      bytes: "%BYTES_SENT%"
      referer: "%REQ(REFERER)%"
      user_agent: "%REQ(USER-AGENT)%"

A text format with %REQ(REFERER)% in it does as well: give it to --log-format as it is written.`;

const messages: Readonly<Record<UnusableFormat, string>> = {
  common: `the common log format has no Referer, so that nothing can be decided from it.
Configure the log as "combined", which has: nginx "access_log … combined;", Apache httpd "CustomLog … combined".`,
  envoy: `Envoy's default log format has no Referer, so that nothing can be decided from it.
${envoyAnswer}`,
  json: `none of the first lines of this JSON log has a Referer under a name that is known, such as "referer" or "http_referer".
If it has another name, give the log's template: --log-format '{"host":"$host","method":"$request_method","path":"$request_uri","referer":"$http_referer"}'
${envoyAnswer}`,
};

/** What to say of a log in such a format, with what to configure instead. */
export function withoutReferer(format: UnusableFormat): string {
  return messages[format];
}
