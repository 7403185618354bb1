import { expect } from 'chai';
import type { Question } from '../../support/ask.js';
import { prng } from '../../support/prng.js';
import { type Both, useBoth } from './both.js';
import { locationText, randomLocations, randomTarget } from './random-locations.js';

const random = prng();
const servers = 60;
const targetsEach = 40;

/** Statuses without a meaning of their own in nginx. */
const firstStatus = 450;
const statuses = 40;

function serverText(position: number): string {
  let next = 0;
  const status = (): number | undefined => (random.chance(0.3) ? undefined : firstStatus + (next++ % statuses));
  const own = random.chance(0.1) ? 'valid_referers good.example; if ($invalid_referer) { return 440; }\n' : '';
  return `server {\nLISTEN;\nserver_name s${position}.example;\n${own}${locationText(randomLocations(random), status)}}\n`;
}

describe('the location that the real nginx chooses, and the policy of the imported rules', function () {
  this.timeout(60_000);
  const configuration = Array.from({ length: servers }, (_, position) => serverText(position));
  const both = useBoth(() => [...configuration, pictures].join(''));

  it('are the same for random locations and paths', async () => {
    const differences: string[] = [];
    let denied = 0;
    for (const [position, server] of configuration.entries()) {
      for (const target of random.list(targetsEach, targetsEach, () => randomTarget(random))) {
        const question = { target, host: `s${position}.example`, referers: ['https://evil.test/'] };
        const [nginx, refgate] = [await statusOfNginx(both(), question), both().refgate(question)];
        // A path that leads above the root is no path to nginx, and is `/` here.
        if (nginx === 400) continue;
        if (nginx !== 204) denied += 1;
        if (nginx !== refgate) differences.push(`${server}${target}: nginx ${nginx}, refgate ${refgate}`);
      }
    }
    expect(differences.slice(0, 3).join('\n'), `run again with REFGATE_SEED=${random.seed}`).to.equal('');
    // Were hardly any request checked, the comparison would prove nothing.
    expect(denied).to.be.greaterThan((servers * targetsEach) / 10);
  });

  it('differ where a path ends in a line break (nginx-line-break)', async () => {
    const question = { target: '/a.jpg%0A', host: 'pictures.example', referers: ['https://evil.test/'] };
    expect([await both().nginx(question), both().refgate(question)]).to.deep.equal([403, 204]);
  });
});

/** For what docs/divergences.md says of line breaks. */
const pictures = `server {
LISTEN;
server_name pictures.example;
location ~* \\.jpg$ { valid_referers good.example; if ($invalid_referer) { return 403; } return 204; }
location / { return 204; }
}
`;

/** Without a location for it, a path is a file that is not there: nothing has denied it. */
async function statusOfNginx(both: Both, question: Question): Promise<number> {
  const status = await both.nginx(question);
  return status === 404 ? 204 : status;
}
