/** What a log line can say of a request beside its headers. `request` is the whole request line. */
export type FieldName = 'request' | 'method' | 'target' | 'host' | 'scheme' | 'clientIp' | 'status' | 'bytes' | 'time';

/** A place of a log format that tells something of use: a field, or a request header by its lower-case name. */
export type LogField = { readonly name: FieldName } | { readonly header: string };

/** The texts of one line, decoded. A field that the line lacks, or marks as absent, is `undefined` or not in `headers`. */
export class LoggedFields implements Record<FieldName, string | undefined> {
  request: string | undefined = undefined;
  method: string | undefined = undefined;
  target: string | undefined = undefined;
  host: string | undefined = undefined;
  scheme: string | undefined = undefined;
  clientIp: string | undefined = undefined;
  status: string | undefined = undefined;
  bytes: string | undefined = undefined;
  time: string | undefined = undefined;
  /** Values by lower-case name, as `AuthzRequest` has them. */
  readonly headers = new Map<string, readonly string[]>();

  set(field: LogField, value: string): void {
    if ('header' in field) this.headers.set(field.header, [value]);
    else this[field.name] = value;
  }
}
