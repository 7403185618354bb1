/**
 * The rules at a time, numbered from 1. Each state differs from the one before it in one file, which is renamed over the
 * old one: odd states have new rules, even ones a new list. So at every moment the folder says what one state says.
 */
export const FIRST_STATE = 1;

/** Names that lists choose from: enough for a list file above 64 KiB, which refgate indexes by itself. */
export const NAMES = 6_000;

export const hosts = {
  media: 'media.soak.example',
  video: 'video.soak.example',
  shadow: 'shadow.soak.example',
} as const;

export const redirect = 'https://shop.example/hotlink.png';

/** The state whose rules are in force in a state. */
export function rulesOf(state: number): number {
  return state % 2 === 1 ? state : state - 1;
}

/** The state whose list is in force in a state. */
export function listOf(state: number): number {
  return state % 2 === 0 ? state : state - 1;
}

/** A list leaves out every tenth name, other ones than the list before it. */
export function isListed(name: number, list: number): boolean {
  return (name + list / 2) % 10 !== 0;
}

/** What the rules of a state say of requests without a Referer. */
export function allowsEmpty(rules: number): boolean {
  return rules % 4 === 1;
}

/** The file that a state brings, by its name in the folder. */
export function fileOf(state: number): readonly [name: string, text: string] {
  return state % 2 === 1 ? ['rules.yaml', rulesFile(state)] : ['lists/names.txt', listFile(state)];
}

/** The files of the folder when it begins. */
export function firstFiles(): Readonly<Record<string, string>> {
  return Object.fromEntries([fileOf(FIRST_STATE - 1), fileOf(FIRST_STATE)]);
}

function rulesFile(state: number): string {
  return `policies:
  - name: media-${state}
    match: { hosts: [${hosts.media}] }
    referer:
      allow: [partner.example, { file: lists/names.txt }]
      deny: [banned.example]
      empty: ${allowsEmpty(state) ? 'allow' : 'deny'}
    silence: [allow-empty-with-deny-list]
  - name: video
    match: { hosts: [${hosts.video}] }
    referer: { allow: [partner.example] }
    onDeny: { redirect: "${redirect}" }
  - name: shadow
    mode: shadow
    match: { hosts: [${hosts.shadow}] }
    referer: { allow: [partner.example] }
`;
}

function listFile(state: number): string {
  const lines = [`edition-${state}.example`];
  for (let name = 0; name < NAMES; name++) if (isListed(name, state)) lines.push(`n${name}.names.example`);
  return `${lines.join('\n')}\n`;
}
