import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

/** A server on loopback that is no broker, or not a good one. */
export interface TcpServer {
  readonly port: number;
  /** How many connections it took so far. */
  readonly connections: () => number;
  /** Ends it with all its connections. May be called again. */
  readonly close: () => Promise<void>;
}

/** Starts a server on a free loopback port that does to each connection what the test wants; nothing without it. */
export async function startTcpServer(onSocket: (socket: Socket) => void = () => {}): Promise<TcpServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer(socket => {
    connections += 1;
    sockets.add(socket);
    // A client that resets the connection is none of the test's business.
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
    onSocket(socket);
  });
  return {
    port: await listenOnLoopback(server),
    connections: () => connections,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}

/** Has a server listen on a free loopback port, or on this one; resolves with that. */
export async function listenOnLoopback(server: Server, wantedPort = 0): Promise<number> {
  server.listen(wantedPort, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
