/** What the log says of a call whose date is too far from the server's clock. */
export function skewCause(date: Date, now: Date): string {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  const off = `its clock is ${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead'}`;
  return isAboutTimeZone(Math.abs(seconds))
    ? `${off}, about a time zone: the client writes its local time as UTC, or its time zone is set wrong`
    : `${off}: set the client's clock (NTP); or the call waited on its way, or is an old one sent again`;
}

/** Time zones are multiples of half an hour, at most 14 hours; a minute's difference is still taken for one. */
function isAboutTimeZone(seconds: number): boolean {
  const nearest = Math.round(seconds / 1800) * 1800;
  return seconds > 1800 && nearest <= 14 * 3600 && Math.abs(seconds - nearest) <= 60;
}
