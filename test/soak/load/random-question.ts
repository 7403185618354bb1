import type { Prng } from '../../support/prng.js';
import { hostOfManaged, managedNames, siteOfVersion } from '../rules/managed-policies.js';
import { hosts, listOf, NAMES } from '../rules/rule-states.js';
import type { World } from '../rules/world.js';
import type { Question, Topic } from './question.js';

/** A request on one of all topics, with noise around it: ever-new Referers and paths, now and then large headers. */
export function randomQuestion(random: Prng, world: World): Question {
  const topic = randomTopic(random, world);
  const site = siteOf(topic, random);
  return {
    ...topic,
    host: hostOf(topic),
    target: `/images/${random.integer(0, 1e9)}.jpg?x=${random.integer(0, 1e9)}`,
    referer: site === undefined ? undefined : `https://${site}/${pathOf(random)}`,
    headers: random.chance(0.02) ? largeHeaders(random) : {},
  };
}

function randomTopic(random: Prng, { rules, managed }: World): Topic {
  const policy = random.pick(managedNames);
  const edition = Math.max(listOf(rules.begun) + 2 * random.integer(-2, 1), 0);
  const version = Math.max(managed[policy].begun + random.integer(-2, 1), 0);
  return random.pick<Topic>([
    { about: 'name', number: random.integer(0, NAMES - 1) },
    { about: 'name', number: random.integer(0, 99) },
    { about: 'edition', number: edition },
    { about: 'managed', policy, number: version },
    { about: 'partner' },
    { about: 'banned' },
    { about: 'stranger' },
    { about: 'empty' },
    { about: 'video' },
    { about: 'shadow' },
    { about: 'unknown host' },
  ]);
}

function siteOf(topic: Topic, random: Prng): string | undefined {
  switch (topic.about) {
    case 'name':
      return `n${topic.number}.names.example`;
    case 'edition':
      return `edition-${topic.number}.example`;
    case 'managed':
      return siteOfVersion(topic.number);
    case 'empty':
      return undefined;
    case 'partner':
    case 'banned':
      return `${topic.about}.example`;
    default:
      // Never seen before: nothing of it may be kept.
      return `s${random.integer(0, 1e9)}.stranger.example`;
  }
}

function hostOf(topic: Topic): string {
  switch (topic.about) {
    case 'managed':
      return hostOfManaged(topic.policy);
    case 'video':
    case 'shadow':
      return hosts[topic.about];
    case 'unknown host':
      return 'unknown.soak.example';
    default:
      return hosts.media;
  }
}

function pathOf(random: Prng): string {
  return random.chance(0.02) ? 'p'.repeat(random.integer(1, 8_000)) : `page/${random.integer(0, 1e9)}`;
}

/** Below the 60 KiB that Envoy takes for all headers. */
function largeHeaders(random: Prng): Record<string, string> {
  return { cookie: `c=${'x'.repeat(random.integer(1, 24_000))}`, 'user-agent': 'u'.repeat(random.integer(1, 16_000)) };
}
