import { createServer, type Server, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import { type AclFile, isRefused } from '../../core/mosquitto/acl-file.ts';
import type { Clock } from '../clock.ts';
import { createGuard } from './guard.ts';
import {
  type BrokerLogEntry,
  type BrokerLogLevel,
  deniedPublishSentence,
  logTopic,
  refusedSentence,
  stampLine,
} from './log.ts';
import { createRegister } from './register.ts';

export type { BrokerLogEntry } from './log.ts';

/** Something the broker refused. The texts are what the client sent: not safe to show as they are. */
export interface BrokerDenial {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly access: 'connect' | 'publish';
  readonly clientId: string;
  /** The name it came with; `null`: none. */
  readonly user: string | null;
  /** `null` for a login. */
  readonly topic: string | null;
}

export interface EmbeddedBrokerOptions {
  /** 1 to 65535; 0, the default, takes a free one. */
  readonly port?: number;
  /** A loopback address; 127.0.0.1 unless given. */
  readonly host?: string;
  /** User names and their password hashes as mosquitto writes them. */
  readonly users: ReadonlyMap<string, string>;
  readonly acl: AclFile;
  /** Gets each line of the log, debug lines too, as with `log_dest file` and `log_type all`. */
  readonly log?: (entry: BrokerLogEntry) => void;
  readonly onDenied?: (denial: BrokerDenial) => void;
  /** Its lines and denials bear the time of day. */
  readonly clock: Clock;
}

export interface EmbeddedBroker {
  readonly port: number;
  /** `mqtt://127.0.0.1:41883` */
  readonly url: string;
  /** Drops every client and stops listening; resolves within 2 s. May be called again. */
  close(): Promise<void>;
}

/** How long `close` waits for what does not end by itself. */
const CLOSE_WITHIN_MS = 2_000;

/**
 * Starts a broker in this process that speaks MQTT 3.1.1 and behaves as mosquitto does: password hashes, ACL, log lines,
 * and `$SYS/broker/log/N` and `/E` for who may read them. It listens on loopback only.
 * Throws `RangeError` for any other host and for an ACL that mosquitto would refuse; rejects with the socket's error
 * where the port is taken.
 */
export async function openEmbeddedBroker(options: EmbeddedBrokerOptions): Promise<EmbeddedBroker> {
  const host = options.host ?? '127.0.0.1';
  if (!isLoopback(host)) throw new RangeError(`The embedded broker listens on loopback only, not on ${host}`);
  if (isRefused(options.acl)) throw new RangeError(`The ACL ${options.acl.file} has errors`);
  const house = await createHouse(options);
  const sockets = new Set<Socket>();
  // Small packets go out at once: an answer must not wait for the acknowledgement of the one before (40 ms).
  const server = createServer({ noDelay: true }, socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    house.aedes.handle(socket);
  });
  const port = await listen(server, host, options.port ?? 0).catch(async (error: unknown) => {
    await new Promise<void>(resolve => house.aedes.close(resolve));
    throw error;
  });
  const url = `mqtt://${host.includes(':') ? `[${host}]` : host}:${port}`;
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closing ??= closeAll(house, server, sockets, options.clock);
    return closing;
  };
  return { port, url, close };
}

/** The broker proper, and the switch that quiets its log. */
interface BrokerHouse {
  readonly aedes: Aedes;
  readonly quiet: () => void;
}

async function createHouse(options: EmbeddedBrokerOptions): Promise<BrokerHouse> {
  const { onDenied, log } = options;
  const now = options.clock.wallNow;
  let isQuiet = false;
  const say = (level: BrokerLogLevel, sentence: string): void => {
    if (isQuiet) return;
    const entry = { at: now(), level, line: stampLine(now(), sentence) };
    log?.(entry);
    publishLog(aedes, entry);
  };
  const register = createRegister(say);
  const guard = createGuard(options.users, options.acl, {
    onLoginRefused: (clientId, user) => {
      say('notice', refusedSentence(clientId));
      onDenied?.({ at: now(), access: 'connect', clientId, user, topic: null });
    },
    onLoggedIn: register.onLoggedIn,
    onPublishDenied: ({ clientId, user }, facts) => {
      say('debug', deniedPublishSentence(facts));
      onDenied?.({ at: now(), access: 'publish', clientId, user, topic: facts.topic });
    },
  });
  const aedes = await Aedes.createBroker(guard);
  register.watch(aedes);
  return {
    aedes,
    quiet: () => {
      isQuiet = true;
    },
  };
}

function publishLog(aedes: Aedes, entry: BrokerLogEntry): void {
  const topic = logTopic(entry.level);
  if (topic === null) return;
  const packet = { cmd: 'publish', topic, payload: entry.line, qos: 0, retain: false, dup: false } as const;
  // Without a receiver there is nothing to be said about a failure: the line has reached the sink.
  aedes.publish(packet, () => {});
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('The broker got no port'));
      else resolve(address.port);
    });
  });
}

async function closeAll(house: BrokerHouse, server: Server, sockets: ReadonlySet<Socket>, clock: Clock): Promise<void> {
  house.quiet();
  const served = new Promise<void>(resolve => server.close(() => resolve()));
  const ended = new Promise<void>(resolve => house.aedes.close(resolve));
  for (const socket of sockets) socket.destroy();
  await new Promise<void>(resolve => {
    const limit = clock.after(CLOSE_WITHIN_MS, resolve);
    void Promise.all([served, ended]).then(() => {
      limit.cancel();
      resolve();
    });
  });
}
