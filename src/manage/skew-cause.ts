/** What the log says of a call whose date is too far from the server's clock. */
export function skewCause(date: Date, now: Date): string {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  const off = `its clock is ${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead'}`;
  return Math.abs(seconds) > 1800 && isNearWhole(Math.abs(seconds) / 1800)
    ? `${off}, about a time zone: the client writes its local time as UTC, or its time zone is set wrong`
    : `${off}: set the client's clock (NTP); or the call waited on its way, or is an old one sent again`;
}

/** Time zones are multiples of half an hour; a minute's difference is still taken for one. */
function isNearWhole(halfHours: number): boolean {
  return Math.abs(halfHours - Math.round(halfHours)) * 1800 <= 60;
}
