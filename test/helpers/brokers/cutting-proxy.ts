import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { watchRequests } from './open-requests.ts';
import { listenOnLoopback } from './tcp-server.ts';

/** To the broker, or from it. */
export type Direction = 'up' | 'down';

/** A TCP proxy on loopback that can cut the line at a chosen moment. */
export interface CuttingProxy {
  readonly url: string;
  /** The next bytes on their way to the broker get lost, and both ends see the line go. */
  readonly cutBefore: () => void;
  /** The next bytes reach the broker; what it answers gets lost, and both ends see the line go. */
  readonly cutAfter: () => void;
  /** So many more bytes pass in this direction, then both ends see the line go: closed, or reset. */
  readonly cutAtByte: (direction: Direction, bytes: number, how: 'closed' | 'reset') => void;
  /** Nothing passes any more in either direction, and nobody is told. */
  readonly stall: () => void;
  /** What was held passes on, as far as both ends are still there: TCP sends again until then. */
  readonly heal: () => void;
  /** Resolves when the broker has answered all that the client asked, and the client asks nothing more because of it. */
  readonly calm: () => Promise<void>;
  /** Whether the client whose line is stalled has given its end up. */
  readonly isLeft: () => boolean;
  /** Both ends see the line go now. */
  readonly cutNow: () => void;
  readonly close: () => Promise<void>;
}

/** Longer than a client of this process takes, ms, to answer what has just come: a timer of 5 ms, and its turn. */
const ANSWER_MS = 20;
const CALM_LIMIT_MS = 20_000;

/** Opens a proxy to a port on loopback. */
export async function openCuttingProxy(port: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>();
  let mode: 'open' | 'before' | 'after' | 'stalled' = 'open';
  let cutAt: { readonly direction: Direction; left: number; readonly how: 'closed' | 'reset' } | null = null;
  const held: (() => void)[] = [];
  let last: Socket | null = null;
  let stalled: Socket | null = null;
  let requests = watchRequests();
  const server = createServer({ noDelay: true }, client => {
    last = client;
    const own = watchRequests();
    requests = own;
    const broker = connect({ port, host: '127.0.0.1', noDelay: true });
    const cut = (): void => {
      mode = 'open';
      client.end();
      client.destroySoon();
      broker.destroy();
    };
    const pass = (direction: Direction, bytes: Buffer): void => {
      const to = direction === 'up' ? broker : client;
      const plan = cutAt?.direction === direction ? cutAt : null;
      to.write(bytes.subarray(0, plan?.left));
      if (plan === null) return;
      plan.left -= bytes.length;
      if (plan.left > 0) return;
      cutAt = null;
      for (const end of [client, broker]) {
        if (plan.how === 'reset') end.resetAndDestroy();
        else end.destroySoon();
      }
    };
    client.on('data', bytes => {
      own.up(bytes);
      if (mode === 'before') cut();
      else if (mode === 'stalled') held.push(() => !client.destroyed && broker.write(bytes));
      else pass('up', bytes);
    });
    broker.on('data', bytes => {
      own.down(bytes);
      if (mode === 'after') cut();
      else if (mode === 'stalled') held.push(() => client.write(bytes));
      else pass('down', bytes);
    });
    for (const [one, other] of [
      [client, broker],
      [broker, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  return {
    url: `mqtt://127.0.0.1:${await listenOnLoopback(server)}`,
    cutBefore: () => {
      mode = 'before';
    },
    cutAfter: () => {
      mode = 'after';
    },
    cutAtByte: (direction, bytes, how) => {
      cutAt = { direction, left: bytes, how };
    },
    stall: () => {
      mode = 'stalled';
      stalled = last;
    },
    heal: () => {
      mode = 'open';
      for (const pass of held.splice(0)) pass();
    },
    calm: async () => {
      const deadline = Date.now() + CALM_LIMIT_MS;
      for (let seen = -1; seen !== requests.packets() || requests.open() > 0; ) {
        if (Date.now() > deadline) throw new Error(`${requests.open()} requests were not answered`);
        seen = requests.packets();
        // Set at the same moment in the same process, the client's shorter timer goes off before this one.
        await pause(ANSWER_MS);
      }
    },
    isLeft: () => stalled?.destroyed === true,
    cutNow: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
