import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import * as v from 'valibot';
import { afterEach, describe, expect, it } from 'vitest';
import type { World } from '../../../../src/app/world.ts';
import { parseArguments } from '../../../../src/cli/args/parse.ts';
import { runDoctor } from '../../../../src/cli/commands/broker/doctor.ts';
import type { Check } from '../../../../src/core/doctor/check.ts';
import { reportSchema } from '../../../../src/core/doctor/report/report-schema.ts';
import { systemClock } from '../../../../src/io/clock.ts';
import { tryStart } from '../../../helpers/brokers/try-start.ts';
import {
  fixtureNames,
  is21,
  readFixture,
  type Unpacked,
  unpackInstallation,
  type Wanted,
} from '../../../helpers/doctor/fixture.ts';
import { startArticleBroker } from '../../../helpers/house/article-house.ts';
import { requireProgram } from '../../../helpers/require-program.ts';

const program = requireProgram('mosquitto');
const isRoot = process.getuid?.() === 0;
const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

interface Report {
  readonly code: number;
  readonly out: string;
  readonly checks: readonly Check[];
}

/** `hometui doctor` as JSON, with a home of its own. */
async function doctor(...words: string[]): Promise<Report> {
  const home = mkdtempSync(join(tmpdir(), 'hometui-home-'));
  opened.push(() => rmSync(home, { recursive: true, force: true }));
  const stdout = new PassThrough();
  let out = '';
  stdout.on('data', chunk => {
    out += String(chunk);
  });
  const args = await parseArguments(['doctor', ...words]);
  if (!args.ok) throw new Error(args.error.message);
  const world = {
    ...{ stdin: Readable.from([]), stdout, stderr: new PassThrough(), argv: [], platform: process.platform },
    ...{ clock: systemClock(), random: Math.random, env: { HOME: home }, cwd: process.cwd(), onSignal: () => () => {} },
  } as unknown as World;
  const code = await runDoctor(args.value, world);
  if (!words.includes('json')) return { code, out, checks: [] };
  const report = JSON.parse(out) as { checks: Check[] };
  expect(v.parse(reportSchema, report)).toEqual(report);
  return { code, out, checks: report.checks };
}

/** An installation with both devices alive, where they are let in. */
async function examine(kind: 'broken' | 'healthy', name: string): Promise<{ at: Unpacked; report: Report }> {
  const at = await unpackInstallation(kind, name);
  opened.push(() => at.close());
  const words = ['--conf', join(at.folder, 'conf'), '-L', `mqtt://127.0.0.1:${at.port}`];
  const listening = ['--timeout', String(at.fixture.listenS ?? 1)];
  const house = at.fixture.house ?? 'article';
  if (at.starts) await speak(at, house === 'article-de').catch(() => {});
  const logins = at.logins.length === 0 ? [] : ['--login', at.logins.join(',')];
  return { at, report: await doctor(...words, ...listening, ...logins, '--house', house, '--format', 'json') };
}

/** The values of the house, each 200 ms, by the devices that can log in. */
async function speak(at: Unpacked, isGerman: boolean): Promise<void> {
  const values = isGerman
    ? { heating: ['heizung/vorlauf', 'heizung/ruecklauf'], dhtclient: ['keller/temperatur', 'keller/feuchte'] }
    : { heating: ['heating/flow', 'heating/return'], dhtclient: ['cellar/temperature', 'cellar/humidity'] };
  const acting = (at.fixture.after ?? []).flatMap(step => ('login' in step ? [step.login] : []));
  for (const [user, topics] of Object.entries(values)) {
    if (acting.includes(user)) continue;
    const client = await at.connect(user, undefined, { clientId: `device-${user}`, keepalive: 60 });
    const say = (): void => topics.forEach(topic => void client.publish(topic, '45'));
    const timer = setInterval(say, 200);
    opened.push(() => clearInterval(timer));
    say();
  }
}

/** What no test has in its hands: the machine; and in broken houses, devices that suffer with it. */
const OUTSIDE = new Set(['clock', 'history', 'daemon', 'space']);
const SUFFERING = new Set(['device', 'denial', 'rights']);

function judged({ checks }: Report, folder: string): readonly Wanted[] {
  return checks
    .filter(({ id, sign }) => !OUTSIDE.has(id) && (sign === 'fault' || sign === 'warning'))
    .map(({ id, sign, evidence, place }) => ({
      ...{ id, sign: sign as Wanted['sign'], says: evidence, line: place?.line ?? null },
      file: place?.file.replace(`${folder}/`, '') ?? null,
    }));
}

const keyOf = ({ id, sign, file, line }: Wanted): string => `${sign} ${id} ${file ?? '-'}:${line ?? '-'}`;

describe.runIf(program !== null)('hometui doctor on healthy installations of a real mosquitto', () => {
  it.each(fixtureNames('healthy'))('finds nothing in %s', async name => {
    const { at, report } = await examine('healthy', name);
    expect(at.starts, at.said).toBe(true);
    expect(judged(report, at.folder)).toEqual([]);
    const well = new Set(report.checks.filter(({ sign }) => sign === 'well').map(({ id }) => id));
    for (const id of [
      'reachable',
      'protocol',
      'conf',
      'acl',
      'passwords',
      'in-use',
      'log',
      'login',
      'in-force',
      'rights',
    ])
      expect(well, id).toContain(id);
    for (const id of ['device', 'retained-command', 'keepalive', 'session', 'denial', 'version'])
      expect(well, id).toContain(id);
  });
});

describe.runIf(program !== null)('hometui doctor on broken installations of a real mosquitto', () => {
  const STARTABLE = fixtureNames('broken').filter(name => isRoot || readFixture('broken', name).asRoot !== true);
  if (!isRoot) process.stderr.write('\n!!! SKIPPED: installations of another user need root\n\n');

  it('has at least 25 of them', () => {
    expect(fixtureNames('broken').length).toBeGreaterThanOrEqual(25);
  });

  it.each(STARTABLE)('names the fault of %s, and no other', async name => {
    const { at, report } = await examine('broken', name);
    const wanted = wantedOf(at);
    const isNamed = (id: string): boolean => wanted.some(other => other.id === id);
    const found = judged(report, at.folder).filter(({ id }) => !SUFFERING.has(id) || isNamed(id));
    expect(found.map(keyOf).sort(), JSON.stringify(found, null, 1)).toEqual(wanted.map(keyOf).sort());
    for (const { says } of wanted) {
      expect(
        found.some(other => other.says.includes(says)),
        says,
      ).toBe(true);
    }
    const bad = report.checks.filter(({ sign }) => sign === 'fault' || sign === 'warning');
    for (const check of bad) expect(check.cure, check.evidence).toBeTruthy();
    expect(report.code).toBe(bad.some(({ sign }) => sign === 'fault') ? 2 : 1);
    await proveOpen(at);
  });
});

/** What must be found, with what follows from a broker that is not there. */
function wantedOf({ fixture, starts, said }: Unpacked): readonly Wanted[] {
  const { starts: on20 = true, starts21: on21 = on20, ends21 = false, found = [], found21 = found } = fixture;
  expect(starts, said).toBe(is21 ? on21 : on20);
  const isGone = !starts || (is21 && ends21);
  const away: Wanted = { id: 'reachable', sign: 'fault', file: null, line: null, says: 'nothing listens' };
  return [...(is21 ? found21 : found), ...(isGone ? [away] : [])];
}

/** That somebody may do what the finding says, on the real broker. */
async function proveOpen({ fixture, connect, port, port2 }: Unpacked): Promise<void> {
  if (fixture.open === undefined) return;
  const [user, topic, where] = fixture.open;
  const client = await connect(user, where === 'PORT2' ? port2 : port);
  await expect(client.publishAsync(topic, '1', { qos: 1 })).resolves.toBeDefined();
}

describe('hometui doctor on the set-up that the article prints', () => {
  const folder = new URL('../../../fixtures/doctor/article/', import.meta.url).pathname;
  const [conf, acl, passwords] = ['020-restricted.conf', 'access.txt', 'mosquitto_users.txt'].map(
    name => folder + name,
  );

  it('names each of its faults with file and line', async () => {
    const words = [
      '--conf',
      conf ?? '',
      '--acl',
      acl ?? '',
      '--passwords',
      passwords ?? '',
      '-h',
      '127.0.0.1',
      '-p',
      '1',
    ];
    const report = await doctor(...words, '--format', 'json');
    expect(report.code).toBe(2);
    const faults = report.checks.filter(({ place }) => place !== null);
    const at = (file: string, line: number): string =>
      faults
        .filter(({ place }) => place?.file === folder + file && place.line === line)
        .map(({ evidence }) => evidence)
        .join('\n');
    expect(at('020-restricted.conf', 2)).toContain('does not exist');
    expect(at('020-restricted.conf', 3)).toContain('"Allow_anonymous" is no setting: capitals count');
    expect(at('020-restricted.conf', 4)).toContain('does not exist');
    for (const line of [3, 7, 13, 14, 21, 22, 28]) expect(at('access.txt', line)).toContain('"Topic" is no keyword');
    for (const line of [6, 12, 27]) expect(at('access.txt', line)).toContain('"User" is no keyword');
    expect(at('access.txt', 3)).toContain('holds for clients without a user name only, not for all');
    // Capitals that count: Heating and heating, Master and master; and two words for the cellar.
    for (const line of [15, 16, 17, 18, 23, 24]) expect(at('access.txt', line)).toContain('differ in capitals');
    for (const line of [8, 25]) expect(at('access.txt', line)).toContain('differ in spelling');
    expect(at('access.txt', 27)).toContain('"Master" is not in');
    // What the devices of the house publish and read, and the file does not let them.
    for (const topic of ['cellar/temperature', 'cellar/humidity', 'cellar/fan (', 'cellar/fan/done'])
      expect(at('access.txt', 6)).toContain(topic);
    for (const topic of ['heating/flow', 'heating/return', 'heating/pump/done', 'heating/burner'])
      expect(at('access.txt', 12)).toContain(topic);
    for (const line of [1, 2, 3, 4]) expect(at('mosquitto_users.txt', line)).toContain('stands in plain text');
    expect(report.out).not.toMatch(/abc12345|heat9876|moni4711|4R5T6Z/);
  });

  it.runIf(program !== null)('and a real mosquitto does not start with it', async () => {
    const outcome = await tryStart(conf ?? '');
    expect(outcome.starts).toBe(false);
    expect(outcome.log).toMatch(/Error/);
  });
});

describe.runIf(program !== null)('what hometui doctor does to a running house', () => {
  it('switches nothing, shows no value that nobody measured, and leaves nothing behind', async () => {
    const at = await unpackInstallation('healthy', 'article');
    opened.push(() => at.close());
    const heard: string[] = [];
    const witness = await at.connect('master', undefined, { clientId: 'witness' });
    witness.on('message', (topic, payload) => void heard.push(`${topic} ${payload}`));
    await witness.subscribeAsync('#', { qos: 1 });
    const words = ['--conf', join(at.folder, 'conf'), '-L', `mqtt://127.0.0.1:${at.port}`, '--timeout', '1'];
    const report = await doctor(...words, '--login', at.logins.join(','), '--format', 'json');
    expect(report.checks.find(({ id }) => id === 'in-force')?.sign).toBe('well');
    // What it published before this is here when this is.
    await witness.publishAsync('end', '', { qos: 1 });
    await expect.poll(() => heard).toContain('end ');
    expect(heard).toEqual(['end ']);
    await expect
      .poll(
        () =>
          readFileSync(join(at.folder, 'log'), 'utf8').match(/Client hometui-\S+ (?:\[\S+\] )?disconnected/g)?.length,
      )
      .toBeGreaterThan(5);
    const log = readFileSync(join(at.folder, 'log'), 'utf8');
    expect(log).toMatch(/as hometui-\w+ \(p5, c1,/);
    expect(log).not.toMatch(/as hometui-\S+ \(p\d, c0,/);
  });

  it('says what it cannot examine, and why', async () => {
    // Where none ran on this machine the files of a package would be looked at, in place of none.
    const other = await startArticleBroker();
    opened.push(() => other.close());
    const report = await doctor('-h', '127.0.0.1', '-p', '1');
    expect(report.code).toBe(2);
    expect(report.out).toMatch(/^✗ 127\.0\.0\.1:1: refused: nothing listens there$/m);
    expect(report.out).toMatch(/^– history: there is none in /m);
    expect(report.out).toMatch(/^1 fault, no warning, 1 well, \d+ not examined$/m);
  });
});
