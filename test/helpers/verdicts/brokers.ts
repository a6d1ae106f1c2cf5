import type { AclFile } from '../../../src/core/mosquitto/acl-file.ts';
import { parseAclFile } from '../../../src/core/mosquitto/acl-file.ts';
import { type EmbeddedBroker, openEmbeddedBroker } from '../../../src/io/broker/broker.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { hashPassword } from '../../../src/io/password-hash.ts';
import { type BrokerUsers, mosquittoAcl, passwordsOf } from '../brokers/broker-rights.ts';
import { startMosquitto } from '../brokers/mosquitto.ts';
import { startNats } from '../brokers/nats.ts';
import { startRabbitMq } from '../brokers/rabbitmq.ts';
import { startRightsBroker } from '../brokers/rights-broker.ts';

/** A broker as the table of verdicts needs it. */
export interface VerdictBroker {
  readonly url: string;
  readonly port: number;
  readonly logFile: string | null;
  readonly aclFile: string | null;
  /** Other passwords and rights, while clients are connected. */
  readonly change: (users: BrokerUsers) => Promise<void>;
  /** Stops it where it stands, so that it reads nothing more; where that can be done. */
  readonly freeze?: () => void;
  readonly thaw?: () => void;
  /** Ends it as a power cut would, and starts it again on the same port. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const AMQTT = new URL('../../fixtures/brokers/amqtt_broker.py', import.meta.url).pathname;

async function startFromRights(command: readonly string[], users: BrokerUsers): Promise<VerdictBroker> {
  return { ...(await startRightsBroker(command, users)), logFile: null, aclFile: null };
}

/** What starts each kind. */
export const startBroker: Readonly<Record<string, (users: BrokerUsers) => Promise<VerdictBroker>>> = {
  mosquitto: async users => {
    const broker = await startMosquitto({ acl: mosquittoAcl(users), passwords: passwordsOf(users) });
    return {
      ...broker,
      freeze: () => process.kill(broker.pid(), 'SIGSTOP'),
      thaw: () => process.kill(broker.pid(), 'SIGCONT'),
      change: next => broker.reload({ acl: mosquittoAcl(next), passwords: passwordsOf(next) }),
      restart: async () => {
        // Directly: a gentler end would first let a frozen broker read what lies in its sockets.
        process.kill(broker.pid(), 'SIGKILL');
        await broker.restart();
      },
    };
  },
  embedded: startEmbedded,
  mochi: async users => startFromRights([process.env.HOMETUI_TEST_MOCHI ?? ''], users),
  amqtt: async users => startFromRights([process.env.HOMETUI_TEST_AMQTT_PYTHON ?? '', AMQTT], users),
  nats: async users => {
    const broker = await startNats(users);
    return { ...broker, aclFile: null, change: broker.reload };
  },
  rabbitmq: async users => {
    const broker = await startRabbitMq(users);
    let known = users;
    return {
      ...broker,
      aclFile: null,
      change: async next => {
        for (const [name, user] of Object.entries(next)) {
          const before = known[name];
          if (before?.password !== user.password) await broker.setPassword(name, user.password);
          if (before?.write !== user.write || before.read !== user.read) {
            await broker.setRights(name, user.write, user.read);
          }
        }
        known = next;
      },
      restart: async () => {
        await broker.kill();
        await broker.start();
      },
    };
  },
};

/** Its users and rights are fixed when it opens; the test changes the very objects that it was given. */
async function startEmbedded(users: BrokerUsers): Promise<VerdictBroker> {
  const passwords = new Map<string, string>();
  let acl = parseAclFile('', 'acl');
  const change = async (next: BrokerUsers): Promise<void> => {
    acl = parseAclFile(mosquittoAcl(next), 'acl');
    for (const [user, password] of Object.entries(passwordsOf(next))) passwords.set(user, hashPassword(password));
  };
  await change(users);
  const liveAcl = new Proxy({} as AclFile, { get: (_, key) => Reflect.get(acl, key) });
  const clock = systemClock();
  const open = (port: number): Promise<EmbeddedBroker> =>
    openEmbeddedBroker({ users: passwords, acl: liveAcl, port, clock });
  let broker = await open(0);
  const { url, port } = broker;
  return {
    url,
    port,
    logFile: null,
    aclFile: null,
    change,
    restart: async () => {
      await broker.close();
      broker = await open(port);
    },
    close: () => broker.close(),
  };
}
