import { type ChildProcess, spawn } from 'node:child_process';
import { type LookupAddress, lookup as lookupHere } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { Clock } from '../clock.ts';

/** A refusal that took longer did not come from a name server, ms: those answer within a second or two. */
const SILENCE_MS = 4_000;

/**
 * Finds the addresses of a name as getaddrinfo(3) does, by `getent ahosts` (glibc), so that it can be broken off: inside
 * of this process a lookup holds a thread until the name server's time is over, and Node waits for that thread before it
 * ends, ten seconds and more. Where there is no getent, and to learn why a name was refused, Node's own lookup is used.
 */
export function openLookup(signal: AbortSignal, clock: Clock): LookupFunction {
  return (host, options, done) => {
    const answer = (addresses: readonly LookupAddress[]): void => {
      const wanted = addresses.filter(({ family }) => !options.family || family === Number(options.family));
      const [first] = wanted;
      if (first === undefined) lookupHere(host, options, done);
      else if (options.all === true) done(null, [...wanted]);
      else done(null, first.address, first.family);
    };
    // The table of hosts knows these, without a server.
    if (process.platform !== 'linux' || /(^-|^(.*\.)?localhost$)/i.test(host)) lookupHere(host, options, done);
    else askGetent(host, signal, clock, answer, () => done(noAnswer(host), []));
  };
}

function askGetent(
  host: string,
  signal: AbortSignal,
  clock: Clock,
  answer: (addresses: readonly LookupAddress[]) => void,
  giveUp: () => void,
): void {
  const startedAt = clock.monotonicNow();
  const child = spawn('getent', ['ahosts', host], { stdio: ['ignore', 'pipe', 'ignore'] });
  const kill = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', kill, { once: true });
  // Nobody is left who would wait for it.
  process.once('exit', kill);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  onceEnded(child, () => {
    signal.removeEventListener('abort', kill);
    process.off('exit', kill);
    const addresses = parseAddresses(text);
    const wasSilent = signal.aborted || clock.monotonicNow() - startedAt > SILENCE_MS;
    if (addresses.length === 0 && wasSilent) giveUp();
    else answer(addresses);
  });
}

/** A program that is not there gives an error and no end. */
function onceEnded(child: ChildProcess, listener: () => void): void {
  let isTold = false;
  const tell = (): void => {
    if (!isTold) listener();
    isTold = true;
  };
  child.once('error', tell);
  child.once('close', tell);
}

/** Lines as `192.168.1.7     STREAM raspberrypi`, each address once for each kind of socket. */
function parseAddresses(text: string): readonly LookupAddress[] {
  const words = text.split('\n').map(line => /^\S+/.exec(line)?.[0] ?? '');
  return [...new Set(words)].filter(word => isIP(word) !== 0).map(address => ({ address, family: isIP(address) }));
}

function noAnswer(host: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`getaddrinfo EAI_AGAIN ${host}`), { code: 'EAI_AGAIN', hostname: host });
}
