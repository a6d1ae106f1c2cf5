import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import { type Expected, expectedOf, TRAPS, unpackTrap } from '../../../helpers/brokers/acl-traps.ts';
import { freePort, type Mosquitto, startMosquitto } from '../../../helpers/brokers/mosquitto.ts';
import { mosquittoLine, type StartOutcome, tryStart } from '../../../helpers/brokers/try-start.ts';
import { requireProgram } from '../../../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');
const is21 = mosquitto !== null && mosquittoLine() === '2.1';
const isRoot = process.getuid?.() === 0;

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function unpack(name: string, port?: number): string {
  const folder = unpackTrap('traps', name, port);
  folders.push(folder);
  return folder;
}

/** What the broker does that is tried. */
function brokerOf(name: string): Expected['broker'] {
  const { broker, broker21 } = expectedOf(name);
  return is21 ? (broker21 ?? broker) : broker;
}

describe.runIf(mosquitto !== null)('a real mosquitto with each trap', () => {
  // Only root can start a broker that drops to another user.
  const STARTABLE = TRAPS.filter(name => isRoot || brokerOf(name).asUser === undefined);
  if (STARTABLE.length < TRAPS.length) process.stderr.write('\n!!! SKIPPED: the traps of another user need root\n\n');
  it.each(STARTABLE)('does with %s what its notes say', async name => {
    const broker = brokerOf(name);
    const port = await freePort();
    const folder = unpack(name, port);
    const outcome = await tryFixture(folder, port, broker.asUser ?? 'root');
    expect(outcome.starts, outcome.log).toBe(broker.starts);
    if (!broker.starts) {
      expect(outcome.exitCode).toBe(broker.exitCode);
      expect(outcome.log).toContain(broker.log);
    }
  });

  const RUNNING = TRAPS.filter(name => {
    const broker = brokerOf(name);
    return broker.starts && (broker.logins !== undefined || broker.decisions !== undefined);
  });
  it.each(RUNNING)('decides with %s as its notes say', async name => {
    const broker = brokerOf(name);
    const folder = unpack(name);
    const server = await startFrom(folder, broker);
    try {
      for (const { user, password, accepted } of broker.logins ?? []) {
        const login = await logIn(server, user, password, 'c');
        expect(login !== null, `login of ${user}`).toBe(accepted);
        await login?.endAsync();
      }
      for (const { user, clientId, topic, allowed } of broker.decisions ?? []) {
        const client = await logIn(server, user, passwordOf(user), clientId);
        const code = await client?.publishAsync(topic, '1', { qos: 1 }).then(
          () => 0,
          (error: { code?: number }) => error.code,
        );
        await client?.endAsync();
        expect(code, `${user} publishes ${topic}`).toBe(allowed ? 0 : 135);
      }
      if (broker.log !== undefined) expect(server.readLog()).toContain(broker.log);
    } finally {
      await server.close();
    }
  });
});

/** Starts the broker on the fixture's own conf, if it has one, and ends it again. */
async function tryFixture(folder: string, port: number, user: string): Promise<StartOutcome> {
  const conf = join(folder, 'conf');
  const own = existsSync(conf) ? readFileSync(conf, 'utf8') : defaultConf(folder);
  const hasMark = own.startsWith('\ufeff');
  const frame = `listener ${port} 127.0.0.1\n${isRoot ? `user ${user}\n` : ''}log_dest stderr\nlog_type all\n`;
  // The byte-order mark must stay the first character of the file.
  writeFileSync(conf, hasMark ? `${own}${frame}` : `${frame}${own}`);
  return tryStart(conf);
}

function defaultConf(folder: string): string {
  const passwords = join(folder, 'passwords');
  const users = existsSync(passwords)
    ? `password_file ${passwords}\nallow_anonymous false\n`
    : 'allow_anonymous true\n';
  return `${users}acl_file ${join(folder, 'acl')}\n`;
}

/** The fixture's ACL and passwords in a broker of the helper's, for logins and decisions. */
async function startFrom(folder: string, { decisions = [], logins }: Expected['broker']): Promise<Mosquitto> {
  const acl = readFileSync(join(folder, 'acl'));
  const file = join(folder, 'passwords');
  const conf = 'allow_anonymous true\n';
  if (logins !== undefined) return startMosquitto({ acl, passwordFile: readFileSync(file, 'utf8'), conf });
  const users = decisions.flatMap(({ user }) => (user === null ? [] : [[user, passwordOf(user)] as const]));
  return startMosquitto({ acl, passwords: Object.fromEntries(users), conf });
}

/** The fixtures' passwords: one letter each. */
function passwordOf(user: string | null): string {
  if (user === null) return '';
  return user === 'monitor' ? 'o' : (user[0] ?? '');
}

async function logIn(
  server: Mosquitto,
  user: string | null,
  password: string,
  clientId: string,
): Promise<MqttClient | null> {
  const login = user === null ? {} : { username: user, password };
  try {
    return await connectAsync(server.url, { ...login, clientId, protocolVersion: 5, reconnectPeriod: 0 });
  } catch {
    return null;
  }
}
