import type { LookupAddress } from 'node:dns';
import { connect, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { ReachedAddress, ReachFacts } from '../../core/doctor/reach.ts';
import type { Clock } from '../clock.ts';
import { openLookup } from '../mqtt-connection/lookup.ts';
import { isLoopback } from '../mqtt-options/address.ts';

/** How long a name server is waited for, and each address, ms. */
const LOOKUP_LIMIT_MS = 5_000;
const CONNECT_LIMIT_MS = 3_000;

/** Tries a TCP connection to each address of the broker's name at once. Resolves within some 8 s, with nothing left open. */
export async function reachBroker(host: string, port: number, clock: Clock): Promise<ReachFacts> {
  const found = await lookUp(host, clock);
  if (typeof found === 'string') return { host, port, addresses: [], lookupError: found };
  const addresses = await Promise.all(found.map(address => tryAddress(address, port, clock)));
  return { host, port, addresses, lookupError: null };
}

/** Tries the port on the addresses that this machine has for others, to see whether they can reach a broker on it. */
export function reachOwnAddresses(port: number, clock: Clock): Promise<readonly ReachedAddress[]> {
  const own = ownAddresses().filter(({ address }) => !isLoopback(address) && !address.startsWith('fe80:'));
  return Promise.all(own.map(address => tryAddress(address, port, clock)));
}

/** All addresses of a name, or the code of the error. */
function lookUp(host: string, clock: Clock): Promise<readonly LookupAddress[] | string> {
  if (isIP(host) !== 0) return Promise.resolve([{ address: host, family: isIP(host) }]);
  const abort = new AbortController();
  return new Promise(resolve => {
    const limit = clock.after(LOOKUP_LIMIT_MS, () => {
      abort.abort();
      resolve('EAI_AGAIN');
    });
    openLookup(abort.signal, clock)(host, { all: true }, (error, addresses) => {
      limit.cancel();
      if (error !== null) resolve(error.code ?? error.message);
      else resolve(typeof addresses === 'string' ? [{ address: addresses, family: isIP(addresses) }] : addresses);
    });
  });
}

function tryAddress({ address }: LookupAddress, port: number, clock: Clock): Promise<ReachedAddress> {
  const startedAt = clock.monotonicNow();
  const isOwn = isLoopback(address) || ownAddresses().some(own => own.address === address);
  return new Promise(resolve => {
    const socket = connect({ host: address, port });
    const limit = clock.after(CONNECT_LIMIT_MS, () => settle('ETIMEDOUT'));
    const settle = (error: string | null): void => {
      limit.cancel();
      socket.destroy();
      resolve({ address, isOwn, elapsedMs: Math.round(clock.monotonicNow() - startedAt), error });
    };
    socket.once('connect', () => settle(null));
    socket.on('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.message));
  });
}

function ownAddresses(): readonly LookupAddress[] {
  return Object.values(networkInterfaces()).flatMap(list =>
    (list ?? []).map(({ address, family }) => ({ address, family: family === 'IPv6' ? 6 : 4 })),
  );
}
