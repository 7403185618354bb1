import { createServer, type Server } from 'node:net';

/** Listens on `host:port` (port 0: any free one) and gives the address that was bound. */
export function listenOn(server: Server, address: string): Promise<string> {
  const colon = address.lastIndexOf(':');
  const host = address.slice(0, colon);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(Number(address.slice(colon + 1)), host, () => {
      const bound = server.address();
      server.off('error', reject);
      if (bound !== null && typeof bound === 'object') resolve(`${host}:${bound.port}`);
      else reject(new Error(`no port for ${address}`));
    });
  });
}

/** A loopback address that was free a moment ago, for programs that cannot be told to choose a port themselves. */
export async function freeAddress(): Promise<string> {
  const server = createServer();
  const address = await listenOn(server, '127.0.0.1:0');
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return address;
}

/** Whether `host:port` cannot be bound because something listens there. */
export async function listensAlready(address: string): Promise<boolean> {
  const server = createServer();
  try {
    await listenOn(server, address);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') return true;
    throw error;
  }
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return false;
}
