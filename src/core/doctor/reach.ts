import { cleanText } from '../clean-text.ts';
import type { Listener } from '../mosquitto/conf/listeners.ts';
import { type Check, fault, unexamined, warning, well } from './check.ts';

/** One address of the broker's name, tried by TCP. */
export interface ReachedAddress {
  readonly address: string;
  /** Whether it is one of this machine. */
  readonly isOwn: boolean;
  readonly elapsedMs: number;
  /** The system's code; `null` where the connection came about. */
  readonly error: string | null;
}

/** What became of the way to the broker. */
export interface ReachFacts {
  readonly host: string;
  readonly port: number;
  readonly addresses: readonly ReachedAddress[];
  /** Why the name has no address; `null` where it has. */
  readonly lookupError: string | null;
}

/** Whether anything answers at one of the addresses. */
export function isReached({ addresses }: ReachFacts): boolean {
  return addresses.some(({ error }) => error === null);
}

/** Whether the broker that is meant is this machine. */
export function isThisMachine({ addresses }: ReachFacts): boolean {
  return addresses.some(({ isOwn }) => isOwn);
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused: nothing listens there',
  ETIMEDOUT: 'no answer within 3 s',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  EADDRNOTAVAIL: 'there is no way to it',
};

/** The broker by its name, and by each of its addresses. */
export function examineReach(facts: ReachFacts): readonly Check[] {
  const { host, port, addresses, lookupError } = facts;
  const name = cleanText(host, 100);
  if (lookupError !== null) {
    const evidence = lookupError === 'EAI_AGAIN' ? 'the name server does not answer' : 'no host of this name is known';
    return [fault('reachable', name, evidence, 'Check the name, or give the address with --host.')];
  }
  return addresses.map(reached => ofAddress(reached, facts, addressName(reached.address, host, port)));
}

function addressName(address: string, host: string, port: number): string {
  const place = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  return address === host ? place : `${cleanText(host, 100)} at ${place}`;
}

function ofAddress({ elapsedMs, error, isOwn }: ReachedAddress, facts: ReachFacts, subject: string): Check {
  if (error === null) return well('reachable', subject, `reached in ${elapsedMs} ms`);
  const why = WORDS[error] ?? error;
  const cure = isOwn
    ? 'Look whether the broker runs and on which addresses it listens: systemctl status mosquitto'
    : 'Look whether the broker runs there, listens on more than its own loopback, and lets this port through its firewall.';
  // One of several addresses: whoever tries that one first loses time, and some clients never try another.
  return isReached(facts)
    ? warning('reachable', subject, `${why}; by another address it is reached`, cure)
    : fault('reachable', subject, why, cure);
}

/** How the conf binds a listener: to this machine by its address, for want of a listener line, not at all, or it is not known. */
export type Bound = 'on-purpose' | 'by-default' | 'open' | 'unknown';

/** That of a listener; `null` where the conf is not known to be that of the broker. */
export function boundOf(listener: Pick<Listener, 'setting' | 'address'> | null): Bound {
  if (listener === null) return 'unknown';
  if (listener.setting === null) return 'by-default';
  return /^(?:localhost|127\..*|::1)$/.test(listener.address ?? '') ? 'on-purpose' : 'open';
}

/**
 * Whether other machines can reach a broker on this one: `own` are its addresses for others. With a conf that binds it to
 * this machine on purpose, nobody is expected to.
 */
export function examineOthers(own: readonly ReachedAddress[], port: number, bound: Bound): readonly Check[] {
  const subject = 'from other machines';
  if (own.length === 0) return [unexamined('reachable', subject, 'this machine has no address for others', null)];
  const reached = own.filter(({ error }) => error === null);
  const list = (addresses: readonly ReachedAddress[]): string => addresses.map(({ address }) => address).join(', ');
  if (reached.length > 0) {
    return [
      well('reachable', subject, `port ${port} answers at ${list(reached)}; firewalls on the way were not examined`),
    ];
  }
  const evidence = `port ${port} does not answer at ${list(own)}, only on this machine's own loopback`;
  if (bound === 'on-purpose') return [well('reachable', subject, `${evidence}, as the conf has it`)];
  if (bound === 'unknown')
    return [unexamined('reachable', subject, `${evidence}; whether that is meant is not known without its conf`, null)];
  const cure =
    bound === 'by-default'
      ? 'Without a listener line mosquitto serves this machine only. Add the line: listener 1883'
      : 'Look at the listener lines of the conf, and at the firewall of this machine.';
  return [warning('reachable', subject, evidence, cure)];
}
