import type { AedesOptions, AuthenticateError, Client, ConnectPacket, PublishPacket } from 'aedes';
import { checkAccess } from '../../core/mosquitto/acl-check.ts';
import type { AclFile } from '../../core/mosquitto/acl-file.ts';
import { verifyPassword } from '../password-hash.ts';
import type { Login, PublishFacts } from './log.ts';

/** CONNACK return code 5 of MQTT 3.1.1, table 3.1: mosquitto's answer to any bad login. */
const NOT_AUTHORIZED = 5;

/**
 * Where a refused publish goes instead: no subscription matches a topic with `$` through a wildcard, and a delivery
 * from here is never forwarded. So the publisher gets its ordinary acknowledgement, as mosquitto gives it in 3.1.1.
 */
const NOWHERE = '$hometui/denied';

/** mosquitto's own numbers and clients' news that aedes publishes under a name of its own, which mosquitto does not have. */
const AEDES_NEWS = /^\$SYS\/[^/]+\/(heartbeat|birth|new\/|disconnect\/)/;

/** Control characters in an identifier: mosquitto calls that a malformed packet. */
const CONTROL = /[\u0000-\u001f\u007f]/;

/** What the guard tells its owner. */
export interface GuardReports {
  readonly onLoginRefused: (clientId: string, user: string | null) => void;
  readonly onLoggedIn: (client: Client, login: Login) => void;
  readonly onPublishDenied: (login: Login, facts: PublishFacts) => void;
}

type Handlers = Pick<
  Required<AedesOptions>,
  'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe' | 'authorizeForward'
>;

/**
 * Password file and ACL as mosquitto enforces them with MQTT 3.1.1: one answer to every bad login, every subscription
 * granted, deliveries filtered, refused publishes acknowledged and dropped. `users` maps names to password hashes.
 */
export function createGuard(users: ReadonlyMap<string, string>, acl: AclFile, reports: GuardReports): Handlers {
  const connects = new WeakMap<Client, ConnectPacket>();
  const logins = new WeakMap<Client, Login>();

  const mayAccess = (login: Login, access: 'read' | 'write', topic: string): boolean =>
    checkAccess(acl, { user: login.user, clientId: login.clientId, access, topic }).allowed;

  return {
    preConnect: (client, packet, callback) => {
      if (CONTROL.test(packet.clientId)) return callback(new Error('malformed packet'), false);
      connects.set(client, packet);
      callback(null, true);
    },
    authenticate: (client, user, password, done) => {
      const hash = user === undefined ? undefined : users.get(user);
      const isRight = hash !== undefined && password !== undefined && verifyPassword(password.toString(), hash);
      if (!isRight || user === undefined) {
        reports.onLoginRefused(client.id, user ?? null);
        return done(refusal(), null);
      }
      const login = describeLogin(client, user, connects.get(client));
      logins.set(client, login);
      reports.onLoggedIn(client, login);
      done(null, true);
    },
    // acl_file never denies a SUBSCRIBE: it filters what is delivered.
    authorizeSubscribe: (_client, subscription, callback) => callback(null, subscription),
    authorizePublish: (client, packet, callback) => {
      const login = client === null ? undefined : logins.get(client);
      if (client === null || login === undefined || !mayAccess(login, 'write', packet.topic)) {
        // A refused will is never logged: its client is gone by then.
        if (login !== undefined && client?.closed === false) reports.onPublishDenied(login, factsOf(login, packet));
        drop(packet);
      }
      callback(null);
    },
    authorizeForward: (client, packet) => {
      if (packet.topic === NOWHERE || AEDES_NEWS.test(packet.topic)) return null;
      const login = logins.get(client);
      return login !== undefined && mayAccess(login, 'read', packet.topic) ? packet : null;
    },
  };
}

function refusal(): AuthenticateError {
  return Object.assign(new Error('not authorized'), { returnCode: NOT_AUTHORIZED }) as AuthenticateError;
}

function describeLogin(client: Client, user: string, connect: ConnectPacket | undefined): Login {
  const { conn } = client;
  const [address = '', port = 0] = 'remoteAddress' in conn ? [conn.remoteAddress, conn.remotePort] : ['', 0];
  return {
    clientId: client.id,
    user,
    address,
    port,
    protocolVersion: client.version,
    isClean: client.clean,
    keepaliveSeconds: connect?.keepalive ?? 0,
  };
}

function factsOf(login: Login, packet: PublishPacket): PublishFacts {
  return {
    clientId: login.clientId,
    isDuplicate: packet.dup,
    qos: packet.qos,
    isRetained: packet.retain,
    messageId: packet.messageId ?? 0,
    topic: packet.topic,
    payloadBytes: Buffer.byteLength(packet.payload),
  };
}

function drop(packet: PublishPacket): void {
  packet.topic = NOWHERE;
  packet.payload = '';
  packet.retain = false;
}
