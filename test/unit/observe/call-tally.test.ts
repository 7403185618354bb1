import { expect } from 'chai';
import { CallTally } from '#refgate/observe/call-tally.js';
import { Metrics } from '#refgate/observe/metrics.js';
import { decisionOf, shadowPolicy } from '../../support/http-decision.js';
import { parseMetrics } from '../../support/http-metrics.js';

/** As it arrives in another process. */
const sent = <Counts>(counts: Counts): Counts => JSON.parse(JSON.stringify(counts)) as Counts;

describe('CallTally', () => {
  it('tells each count once, and what is told adds up to what one process would have counted', async () => {
    const alone = new Metrics('1');
    const together = new Metrics('1');
    const tallies = [new CallTally(), new CallTally()];
    for (let call = 0; call < 12; call++) {
      const tally = tallies[call % 2] as CallTally;
      for (const counter of [alone, tally]) {
        counter.decided(
          call % 3 === 0 ? decisionOf() : decisionOf({ policy: shadowPolicy, mode: 'shadow' }),
          'grpc',
          0.002 * call,
        );
        counter.badRequest('nginx');
        if (call % 4 === 0) counter.internalError();
      }
      if (call % 5 === 0) together.add(sent(tally.take()));
    }
    for (const tally of tallies) together.add(sent(tally.take()));
    for (const tally of tallies) together.add(sent(tally.take()));
    const own = async (metrics: Metrics) =>
      parseMetrics(await metrics.text())
        .filter(([name]) => name.startsWith('refgate_'))
        .map(([name, value]) => [name, Math.round(value * 1e6) / 1e6]);
    expect(await own(together)).to.have.deep.members(await own(alone));
  });

  it('tells what became of connections since it last told', async () => {
    const tally = new CallTally();
    const together = new Metrics('1');
    tally.connections.retired('grpc', 'resets');
    tally.connections.retired('http', 'age');
    tally.connections.callReset();
    for (let telling = 0; telling < 2; telling++) together.add(sent(tally.take()));
    const read = new Map(parseMetrics(await together.text()));
    expect(read.get('refgate_connections_retired_total{listener="grpc",reason="resets"}')).to.equal(1);
    expect(read.get('refgate_connections_retired_total{listener="http",reason="age"}')).to.equal(1);
    expect(read.get('refgate_grpc_calls_reset_total')).to.equal(1);
  });

  it('tells what caches count, over all snapshots', () => {
    const tally = new CallTally();
    const first = { hits: 3, misses: 2 };
    tally.follow(first);
    expect(tally.take().cache).to.deep.equal({ hits: 3, misses: 2 });
    first.hits = 5;
    tally.follow({ hits: 1, misses: 1 });
    expect(tally.take().cache).to.deep.equal({ hits: 3, misses: 1 });
    expect(tally.take().cache).to.deep.equal({ hits: 0, misses: 0 });
  });
});
