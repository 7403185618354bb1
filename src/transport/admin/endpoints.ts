/** What `/` answers: every address and what it is for. */
export const endpointHelp: string = `refgate: administration

GET  /healthz     200 while the process is alive
GET  /readyz      200 when rules are loaded and all listeners are up; else 503 and what is missing
GET  /metrics     metrics in Prometheus' text format
GET  /v1/status   version, generation of the rules, counts, and how the last reload ended
GET  /v1/explain  how a request would be answered, and why: ?url= with method, referer, header (K: V, repeatable),
                  clientIp, policy; without referer the request has none, with an empty one it is blank
POST /v1/explain  the same as JSON: {"url", "method", "referer": text | [text] | null, "headers", "clientIp", "policy"}
`;
