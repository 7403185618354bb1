import { connect, createServer, type Socket } from 'node:net';
import { listenOn } from './listen-on.js';

/** A way to a server on which its answers can be kept back, as if it were far away. */
export interface HoldingRelay {
  /** `host:port` */
  readonly address: string;
  /** From now on nothing comes from the server on the connections that there are. */
  hold(): void;
  /** What was kept back arrives, and the rest as usual. */
  release(): void;
  close(): void;
}

export async function startHoldingRelay(server: string): Promise<HoldingRelay> {
  const colon = server.lastIndexOf(':');
  const upstreams = new Set<Socket>();
  const relay = createServer((client) => {
    const upstream = connect(Number(server.slice(colon + 1)), server.slice(0, colon));
    upstreams.add(upstream);
    upstream.once('close', () => upstreams.delete(upstream));
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.pipe(to);
      from.on('error', () => to.destroy());
    }
  });
  const address = await listenOn(relay, '127.0.0.1:0');
  return {
    address,
    hold: () => {
      for (const upstream of upstreams) upstream.pause();
    },
    release: () => {
      for (const upstream of upstreams) upstream.resume();
    },
    close: () => {
      for (const upstream of upstreams) upstream.destroy();
      relay.close();
    },
  };
}
