import type { RefererRules } from '../../model/policy.js';
import type { PolicyWarnings } from './policy-warnings.js';

/** Warns of an allow list that nothing is on, and of a deny list that whoever sends no Referer goes round. */
export function lintEmptyAnswers({ dialect, allow, deny, absent }: RefererRules, warnings: PolicyWarnings): void {
  // The oss dialect has no such list: where nothing is on it, it is not given.
  if (allow?.size === 0) warnings.warn('allow-list-empty', ['referer', 'allow'], ALLOWS_NOTHING);
  const isEasilyAvoided = deny !== undefined && deny.size > 0 && absent === 'allow';
  if (!isEasilyAvoided) return;
  const message = dialect === 'oss' && allow === undefined ? NOT_ASKED : EASILY_AVOIDED;
  warnings.warn('allow-empty-with-deny-list', ['referer', 'empty'], message);
}

const ALLOWS_NOTHING =
  'the allow list is empty, so every Referer but the own host is denied; leave the key out to allow all';

const EASILY_AVOIDED =
  'a page on the deny list need only send no Referer to pass (referrerpolicy="no-referrer"); write "empty: verify", which asks what the browser says of the page, or "empty: deny"';

const NOT_ASKED =
  'without an allow list the oss dialect lets every empty Referer pass, whatever "empty" says, so a page on the deny list need only send none (referrerpolicy="no-referrer"); write allow: ["*"] and "empty: verify"';
