import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mqtt from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import { systemClock } from '../../../src/io/clock.ts';
import { type LogTail, openLogTail } from '../../../src/io/log-tail/log-tail.ts';
import { startMosquitto } from '../../helpers/brokers/mosquitto.ts';
import { createEventLog, type EventLog } from '../../helpers/event-log.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');

let folder: string;
let file: string;
let log: EventLog;
const opened: (() => Promise<unknown>)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-log-'));
  file = join(folder, 'mosquitto.log');
  log = createEventLog();
});
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

function tail(path = file): LogTail {
  const opening = openLogTail({ file: path, clock: systemClock(), emit: log.emit });
  opened.push(() => opening.close());
  return opening;
}

/** A line that tells of the client `id`. */
const left = (id: string | number, epoch = 1_795_364_453): string => `${epoch}: Client ${id} disconnected.\n`;
const seen = (): (string | null)[] =>
  log.events.flatMap(event =>
    event.type === 'log-line-read' && event.entry.kind === 'left' ? [event.entry.clientId] : [],
  );
const tells =
  (id: string | number) =>
  (event: HomeEvent): boolean =>
    event.type === 'log-line-read' && event.entry.kind === 'left' && event.entry.clientId === String(id);
const issues = (): string[] => log.events.flatMap(event => (event.type === 'issue-found' ? [event.issue.message] : []));
const isIssue = (event: HomeEvent): boolean => event.type === 'issue-found';
const isSettled = (event: HomeEvent): boolean => event.type === 'issue-settled';
const settled = (): [string, string | null][] =>
  log.events.flatMap((event): [string, string | null][] =>
    event.type === 'issue-settled' ? [[event.issue.message, event.news]] : [],
  );

describe('openLogTail', () => {
  it('reads what is there and what is added, joins half lines, and leaves out what says nothing', async () => {
    writeFileSync(file, `${left('a')}1795364454: Something else.\n`);
    tail();
    await log.until(tells('a'));
    appendFileSync(file, left('b').slice(0, 20));
    appendFileSync(file, `${left('b').slice(20)}${left('c')}`);
    await log.until(tells('c'));
    expect(seen()).toEqual(['a', 'b', 'c']);
    expect(log.events[0]).toMatchObject({ source: 'file', entry: { at: 1_795_364_453_000 } });
  });

  it('tells what stood there before from what is written now', async () => {
    writeFileSync(file, left('a'));
    await tail().caughtUp;
    appendFileSync(file, left('b'));
    await log.until(tells('b'));
    expect(log.events).toMatchObject([{ isPast: true }, { isPast: false }]);
  });

  it('has caught up when all that stood there is told, be there megabytes of it, or nothing to read', async () => {
    const noise = '1795364453: Received PINGREQ from heating\n'.repeat(25_000);
    writeFileSync(file, `1795364453: Reloading config.\n${noise}${left('a')}`);
    await tail().caughtUp;
    expect(log.events.map(event => event.type === 'log-line-read' && event.entry.kind)).toEqual(['reload', 'left']);
    await tail(join(folder, 'none')).caughtUp;
    expect(issues()).toEqual([`there is no broker log ${join(folder, 'none')} yet`]);
  });

  it('names the whole path for the conf of the broker, which looks a relative one up from elsewhere', async () => {
    await tail('no-such.log').caughtUp;
    expect(issues()).toEqual(['there is no broker log no-such.log yet']);
    const [found] = log.events.filter(isIssue);
    const cure = found?.type === 'issue-found' ? found.issue.cure : '';
    expect(cure).toContain(`"log_dest file ${join(process.cwd(), 'no-such.log')}"`);
  });

  it('says of a file that is no log of a broker what stands in it', async () => {
    writeFileSync(file, 'GET / 200\n'.repeat(60));
    tail();
    await log.until(isIssue);
    expect(issues()).toEqual([`not one of 50 lines of the broker log ${file} can be read; the first is: GET / 200`]);
    appendFileSync(file, left('a'));
    await log.until(isSettled);
  });

  it('begins 64 KiB before the end, at a whole line', async () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => left(index));
    writeFileSync(file, lines.join(''));
    tail();
    await log.until(tells(4_999));
    const first = Number(seen()[0]);
    expect(first).toBe(5_000 - Math.floor(65_536 / left(4_999).length));
    expect(seen()).toHaveLength(5_000 - first);
  });

  it('follows the file through a rotation, without losing what is written to the old one meanwhile', async () => {
    writeFileSync(file, left('a'));
    tail();
    await log.until(tells('a'));
    renameSync(file, `${file}.1`);
    appendFileSync(`${file}.1`, left('b'));
    await log.until(tells('b'));
    writeFileSync(file, '');
    appendFileSync(`${file}.1`, left('c'));
    await log.until(tells('c'));
    appendFileSync(`${file}.1`, left('d'));
    writeFileSync(file, left('e'));
    await log.until(tells('e'));
    expect(seen()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(issues()).toEqual([]);
  });

  it('asks the log before the last rotation how the broker stands, where its own says nothing', async () => {
    const broken = '1795364453: Error opening acl file "/etc/mosquitto/acl".\n';
    writeFileSync(`${file}.2`, `1795364400: Reloading config.\n`);
    utimesSync(`${file}.2`, 1, 1);
    writeFileSync(`${file}.1`, `${left('old')}1795364453: Reloading config.\n${broken}`);
    writeFileSync(`${file}.3.gz`, 'compressed');
    writeFileSync(file, left('new'));
    tail();
    await log.until(tells('new'));
    expect(log.events.map(event => (event.type === 'log-line-read' ? event.entry.kind : event.type))).toEqual([
      'reload',
      'acl-broken',
      'left',
    ]);
  });

  it('begins anew where the file was cut off', async () => {
    writeFileSync(file, left('a') + left('b'));
    tail();
    await log.until(tells('b'));
    truncateSync(file, 0);
    appendFileSync(file, left('c'));
    await log.until(tells('c'));
    expect(seen()).toEqual(['a', 'b', 'c']);
  });

  const RELOAD = '1795364453: Reloading config.\n';
  const BROKEN = '1795364453: Error opening acl file "/etc/mosquitto/acl".\n';
  const isAlarm = (event: HomeEvent): boolean => event.type === 'log-line-read' && event.entry.kind === 'acl-broken';

  it('loses no line that the beginning of what is followed goes through', async () => {
    // The 64 KiB that are followed begin in the middle of the alarm.
    const rest = `${'x'.repeat(65_536 - 20 - left('z').length - 1)}\n${left('z')}`;
    writeFileSync(file, `${RELOAD}${BROKEN}${rest}`);
    tail();
    await log.until(tells('z'));
    expect(log.events.filter(isAlarm)).toHaveLength(1);
  });

  it('does not ask the log before the last rotation for what its own says farther back than is searched at once', async () => {
    writeFileSync(`${file}.1`, `${RELOAD}${BROKEN}`);
    writeFileSync(file, RELOAD + '1795364454: Sending PINGRESP to some-client\n'.repeat(850_000) + left('z'));
    tail();
    const isReload = (event: HomeEvent): boolean => event.type === 'log-line-read' && event.entry.kind === 'reload';
    await log.until(tells('z'));
    await log.until(isReload);
    expect(log.events.filter(isAlarm)).toEqual([]);
  });

  it('finds an alarm however far back it stands', async () => {
    writeFileSync(file, RELOAD + BROKEN + '1795364454: Sending PINGRESP to some-client\n'.repeat(850_000) + left('z'));
    tail();
    await log.until(isAlarm);
    expect(log.events.filter(isAlarm)).toHaveLength(1);
  });

  it('says once that there is no file yet, and reads it from its beginning when it comes', async () => {
    tail();
    await log.until(isIssue);
    const body = Array.from({ length: 3_000 }, (_, index) => left(index)).join('');
    writeFileSync(file, body);
    await log.until(tells(2_999));
    expect(seen()).toHaveLength(3_000);
    expect(issues()).toEqual([`there is no broker log ${file} yet`]);
    await log.until(isSettled);
    expect(settled()).toEqual([[`there is no broker log ${file} yet`, `the broker log ${file} is read now`]]);
  });

  it('takes one trouble back where another has taken its place', async () => {
    tail();
    await log.until(isIssue);
    mkdirSync(file);
    await log.until(event => isIssue(event) && issues().length === 2);
    expect(settled()).toEqual([[`there is no broker log ${file} yet`, null]]);
    expect(issues()[1]).toBe(`the broker log ${file} is a folder`);
  });

  it('says that it may not read the file and what to do, and reads it as soon as it may', async () => {
    writeFileSync(file, left('a'));
    chmodSync(folder, 0o755);
    chmodSync(file, 0o000);
    // Nothing is unreadable to root: be nobody while it matters.
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      tail();
      await log.until(isIssue);
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
    expect(issues()).toEqual([`the broker log ${file} cannot be read: permission denied`]);
    const [event] = log.events;
    expect(event?.type === 'issue-found' ? event.issue.cure : '').toMatch(/adm.*0640.*log_type debug/);
    chmodSync(file, 0o640);
    await log.until(tells('a'));
    await log.until(isSettled);
  });

  it('says that a folder is no file', async () => {
    mkdirSync(file);
    tail();
    await log.until(isIssue);
    expect(issues()).toEqual([`the broker log ${file} is a folder`]);
  });

  it('opens no pipe, which would wait for somebody to write into it', async () => {
    execFileSync('mkfifo', [file]);
    tail();
    await log.until(isIssue);
    expect(issues()).toEqual([`the broker log ${file} is a pipe or a device, which cannot be followed`]);
  });

  it('takes a client identifier that looks like a log line for what it is', async () => {
    const id = 'x disconnected.\u001b[2J 1795364453: Client y';
    writeFileSync(file, left(id) + left('z'));
    tail();
    await log.until(tells('z'));
    expect(seen()).toEqual([id, 'z']);
  });

  it.runIf(mosquitto !== null)('tells of a real denied publish and who it was', async () => {
    const broker = await startMosquitto({ acl: 'user dht\ntopic read x\n', passwords: { dht: 'p' } });
    opened.push(() => broker.close());
    tail(broker.logFile);
    const login = { clientId: 'dht 1', username: 'dht', password: 'p', reconnectPeriod: 0 };
    const client = await mqtt.connectAsync(broker.url, login);
    await client.publishAsync('heating/pump', 'on', { qos: 1 });
    await client.endAsync();
    await log.until(event => event.type === 'log-line-read' && event.entry.kind === 'left');
    const entries = log.events.flatMap(event => (event.type === 'log-line-read' ? [event.entry] : []));
    expect(entries.filter(({ kind }) => kind === 'login')).toMatchObject([{ clientId: 'dht 1', user: 'dht' }]);
    expect(entries.filter(({ kind }) => kind === 'denied-publish')).toMatchObject([
      { clientId: 'dht 1', topic: 'heating/pump', qos: 1 },
    ]);
  });
});
