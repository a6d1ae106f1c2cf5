import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterEach, describe, expect, it } from 'vitest';
import { readBrokerFiles } from '../../../../src/cli/acl/files.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { parseHouse } from '../../../../src/core/house/parse.ts';
import type { Issue } from '../../../../src/core/issue.ts';
import { lintAcl, lintExitCode } from '../../../../src/core/mosquitto/lint/acl-lint.ts';
import { needsOfDevices } from '../../../../src/core/mosquitto/lint/house-needs.ts';
import { freePort, type Mosquitto, startMosquitto } from '../../../helpers/brokers/mosquitto.ts';
import { mosquittoLine, type StartOutcome, tryStart } from '../../../helpers/brokers/try-start.ts';
import { requireProgram } from '../../../helpers/require-program.ts';

interface Expected {
  /** What mosquitto 2.1 does, where that is something else. */
  readonly broker21?: Expected['broker'];
  readonly why: string;
  readonly findings: readonly { file: string; line: number | null; severity: string; says: string }[];
  readonly modes?: Readonly<Record<string, string>>;
  readonly broker: {
    readonly starts: boolean;
    readonly exitCode?: number;
    readonly log?: string;
    readonly asUser?: string;
    readonly logins?: readonly { user: string; password: string; accepted: boolean }[];
    readonly decisions?: readonly { user: string | null; clientId: string; topic: string; allowed: boolean }[];
  };
}

const FIXTURES = new URL('../../../fixtures/acl/', import.meta.url).pathname;
const TRAPS = readdirSync(join(FIXTURES, 'traps'));
const CLEAN = readdirSync(join(FIXTURES, 'clean'));
const mosquitto = requireProgram('mosquitto');
const is21 = mosquitto !== null && mosquittoLine() === '2.1';
const isRoot = process.getuid?.() === 0;

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A copy of a fixture with its names, port and modes in place. */
function unpack(kind: 'traps' | 'clean', name: string, port = 1): string {
  const folder = mkdtempSync(join(tmpdir(), 'hometui-trap-'));
  folders.push(folder);
  chmodSync(folder, 0o755);
  cpSync(join(FIXTURES, kind, name), folder, { recursive: true });
  const conf = join(folder, 'conf');
  if (existsSync(conf)) {
    const text = readFileSync(conf, 'utf8').replaceAll('@DIR@', folder).replaceAll('@PORT@', String(port));
    writeFileSync(conf, text);
  }
  const { modes = {} } = kind === 'traps' ? expectedOf(name) : {};
  for (const file of readdirSync(folder)) chmodSync(join(folder, file), Number.parseInt(modes[file] ?? '0640', 8));
  return folder;
}

function expectedOf(name: string): Expected {
  return JSON.parse(readFileSync(join(FIXTURES, 'traps', name, 'expected.json'), 'utf8')) as Expected;
}

/** What the broker does that is tried. */
function brokerOf(name: string): Expected['broker'] {
  const { broker, broker21 } = expectedOf(name);
  return is21 ? (broker21 ?? broker) : broker;
}

/** What `acl check` finds in a folder. Files of the one who runs the tests are given to the broker's user in thought. */
function findIn(folder: string, isForeign: boolean): readonly Issue[] {
  const path = (file: string): string | undefined => (existsSync(join(folder, file)) ? join(folder, file) : undefined);
  const files = readBrokerFiles(join(folder, 'acl'), path('passwords'), path('conf'));
  const owned = files.files.map(facts => (isForeign ? facts : { ...facts, group: 'mosquitto' }));
  return lintAcl({ ...files, files: owned, needs: needsIn(folder) });
}

function needsIn(folder: string) {
  const file = join(folder, 'house.json');
  if (!existsSync(file)) return [];
  const house = parseHouse(readFileSync(file, 'utf8'), file);
  if (!house.ok) throw new Error(JSON.stringify(house.error));
  return needsOfDevices(createHouse(house.value));
}

describe('acl check on each trap', () => {
  it.each(TRAPS)('finds %s with its line, and nothing else', name => {
    const expected = expectedOf(name);
    const folder = unpack('traps', name);
    const found = findIn(folder, name === 'unreadable-acl');
    const short = found.map(({ place, severity }) => ({
      file: place?.file.replace(`${folder}/`, ''),
      line: place?.line ?? null,
      severity,
    }));
    const wanted = expected.findings.map(({ file, line, severity }) => ({ file, line, severity }));
    expect(short, JSON.stringify(found, null, 1)).toHaveLength(wanted.length);
    expect(short).toEqual(expect.arrayContaining(wanted));
    for (const { says } of expected.findings)
      expect(
        found.some(issue => issue.message.includes(says)),
        says,
      ).toBe(true);
    for (const issue of found) expect(issue.cure).toBeTruthy();
    expect(lintExitCode(found)).toBe(wanted.some(finding => finding.severity === 'error') ? 2 : 1);
  });

  it.each(CLEAN)('finds nothing in the clean set %s', name => {
    expect(findIn(unpack('clean', name), false)).toEqual([]);
  });
});

describe.runIf(mosquitto !== null)('a real mosquitto with each trap', () => {
  // Only root can start a broker that drops to another user.
  const STARTABLE = TRAPS.filter(name => isRoot || brokerOf(name).asUser === undefined);
  if (STARTABLE.length < TRAPS.length) process.stderr.write('\n!!! SKIPPED: the traps of another user need root\n\n');
  it.each(STARTABLE)('does with %s what its notes say', async name => {
    const broker = brokerOf(name);
    const port = await freePort();
    const folder = unpack('traps', name, port);
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
    const folder = unpack('traps', name);
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
