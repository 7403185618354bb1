import { Socket } from 'node:net';
import { expect } from 'chai';
import { ConnectionShare } from '#refgate/cluster/connection-share.js';
import type { WorkerSlot } from '#refgate/cluster/worker-slot.js';
import { ManualTimers } from '../../support/manual-timers.js';

/** A worker as far as it is given connections. */
class Taker {
  readonly given: { readonly number: number; readonly socket: Socket }[] = [];

  get slot(): WorkerSlot {
    return this as unknown as WorkerSlot;
  }

  share({ number }: { readonly number: number }, socket: Socket): void {
    this.given.push({ number, socket });
  }
}

describe('ConnectionShare', () => {
  let timers: ManualTimers;
  let share: ConnectionShare;
  let takers: readonly [Taker, Taker, Taker];

  beforeEach(() => {
    timers = new ManualTimers();
    share = new ConnectionShare('grpc', timers);
    takers = [new Taker(), new Taker(), new Taker()];
    for (const taker of takers) share.join(taker.slot);
  });

  const give = (count: number) => {
    const sockets = Array.from({ length: count }, () => new Socket());
    for (const socket of sockets) share.give(socket);
    return sockets;
  };
  const counts = () => takers.map(({ slot }) => share.connections(slot));

  it('gives each worker as many, also before any has taken one', () => {
    give(9);
    expect(counts()).to.deep.equal([3, 3, 3]);
  });

  it('gives the next ones to those whose connections have ended, and to one that is new', () => {
    give(9);
    for (const { number } of takers[1].given) share.taken(takers[1].slot, number);
    share.ended(takers[1].slot, 3);
    give(2);
    expect(counts()).to.deep.equal([3, 2, 3]);
    const fresh = new Taker();
    share.join(fresh.slot);
    give(3);
    expect([...counts(), share.connections(fresh.slot)]).to.deep.equal([3, 3, 3, 2]);
  });

  it('keeps a connection open until the worker has it', () => {
    const [socket] = give(1);
    expect(socket?.destroyed).to.equal(false);
    share.taken(takers[0].slot, takers[0].given[0]?.number ?? 0);
    expect(socket?.destroyed).to.equal(true);
    expect(counts()).to.deep.equal([1, 0, 0]);
  });

  it('gives to another what a worker had not taken when it died, and nothing of what it had', () => {
    const [taken, untaken] = [give(1)[0], give(3)[2]];
    share.taken(takers[0].slot, takers[0].given[0]?.number ?? 0);
    share.leave(takers[0].slot);
    expect(counts()).to.deep.equal([0, 2, 1]);
    expect(takers[1].given.at(-1)?.socket).to.equal(untaken);
    expect(taken?.destroyed).to.equal(true);
  });

  it('has connections wait for a worker when there is none, and no longer than 2 s', () => {
    for (const { slot } of takers) share.leave(slot);
    const [early] = give(1);
    timers.pass(1_000);
    const [late] = give(1);
    timers.pass(1_000);
    expect([early?.destroyed, late?.destroyed]).to.deep.equal([true, false]);
    share.join(takers[0].slot);
    expect(takers[0].given.map(({ socket }) => socket)).to.deep.equal([late]);
    timers.pass(2_000);
    expect(late?.destroyed).to.equal(false);
  });

  it('has a bounded number wait, and none when it is closed', () => {
    for (const { slot } of takers) share.leave(slot);
    const sockets = give(1_025);
    expect(sockets.filter(({ destroyed }) => destroyed)).to.have.length(1);
    share.close();
    expect(sockets.every(({ destroyed }) => destroyed)).to.equal(true);
    expect(timers.pending).to.equal(0);
  });
});
