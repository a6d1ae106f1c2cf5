import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Check } from '../../src/core/doctor/check.ts';
import { reportSchema } from '../../src/core/doctor/report/report-schema.ts';
import { hashPassword } from '../../src/io/password-hash.ts';
import { createCertificates } from '../helpers/brokers/certificates.ts';
import { freePort } from '../helpers/brokers/mosquitto.ts';
import { runBroker } from '../helpers/brokers/run-broker.ts';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { articlePasswords } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { until } from '../helpers/lifecycle/processes.ts';
import { type Running, runHometui, startHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');

describe.runIf(mosquitto !== null)('hometui doctor on a house that is recorded', () => {
  const house = useArticleHouse();
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'hometui-doctored-'));
    mkdirSync(join(home, 'bin'));
    writeFileSync(join(home, 'word'), `${articlePasswords.master}\n`, { mode: 0o600 });
    program('systemctl', 'echo "Failed to connect to bus" >&2; exit 1');
    program('journalctl', 'exit 0');
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  // What is opened ends before its folder goes: the hook that is told last is called first.
  const keep = closeAfterEach();

  /** What stands in for a program of the system. */
  function program(name: string, does: string): void {
    writeFileSync(join(home, 'bin', name), `#!/bin/sh\n${does}\n`);
    chmodSync(join(home, 'bin', name), 0o755);
  }
  const env = () => ({ HOME: home, PATH: `${join(home, 'bin')}:${process.env.PATH}` });
  const login = () => ['-L', house.broker.url, '-u', 'master', '--password-file', join(home, 'word')];

  async function startDaemon(): Promise<Running> {
    const started = keep(startHometui(['daemon', ...login()], { env: env() }));
    await started.waitFor(/records into/);
    // That is said before the first file is there.
    await until(() => existsSync(join(historyIn(), 'lock')), 'the recording to begin');
    return started;
  }

  /** What it says of one kind of thing, as `sign subject: evidence`. */
  async function doctor(...words: readonly string[]): Promise<(id: Check['id']) => readonly string[]> {
    const { stdout, stderr } = await runHometui(['doctor', ...login(), '-t', '1', '--format', 'json', ...words], {
      env: env(),
    });
    expect(stderr).toBe('');
    const report: unknown = JSON.parse(stdout);
    const { checks } = v.parse(reportSchema, report);
    return id =>
      checks.filter(check => check.id === id).map(({ sign, subject, evidence }) => `${sign} ${subject}: ${evidence}`);
  }

  const historyIn = (): string => {
    const all = join(home, '.local/state/hometui/history');
    return join(all, existsSync(all) ? (readdirSync(all)[0] ?? '') : '');
  };

  it('finds the daemon and its history, and neither where none is', { timeout: 60_000 }, async () => {
    const before = await doctor();
    expect(before('history')).toEqual([expect.stringMatching(/^unexamined history: there is none in/)]);
    expect(before('daemon')).toEqual([expect.stringMatching(/^unexamined daemon: none is there/)]);
    const { child } = await startDaemon();
    const beside = await doctor();
    expect(beside('daemon')).toEqual([expect.stringContaining(`well daemon: process ${child.pid} records, for `)]);
    expect(beside('history')).toEqual([expect.stringMatching(/^well history: .*\d+ of \d+ files? found whole$/)]);
  });

  it('tells of a service that does not run, and of a history that is damaged', { timeout: 60_000 }, async () => {
    const { child } = await startDaemon();
    const ended = new Promise(resolve => child.once('close', resolve));
    child.kill('SIGTERM');
    await ended;
    program('systemctl', 'echo "ActiveState=failed\nSubState=failed\nUnitFileState=enabled\nNRestarts=3"');
    const installed = await runHometui(['daemon', 'install', ...login(), '--yes'], { env: env() });
    expect(installed.stderr).not.toContain('Error');
    const table = join(historyIn(), 'series.jsonl');
    writeFileSync(table, `${readFileSync(table, 'utf8')}{"n":9,"id":"half\n`);
    const after = await doctor();
    expect(after('daemon')).toEqual([
      expect.stringMatching(/^warning daemon: hometui-Home-\S+\.service is installed, and no daemon runs$/),
      expect.stringMatching(/^warning hometui-Home-\S+: enabled, failed \(failed\), started again 3 times$/),
      ...after('daemon').slice(2),
    ]);
    expect(after('history')[0]).toMatch(/^warning history: 1 line of it cannot be read/);
  });

  it('reads the journal for what only a log tells', { timeout: 60_000 }, async () => {
    const stamp = '2026-11-29T18:20:53.250000+0100 pi mosquitto[612]: 1795972853: ';
    const said = [
      `${stamp}New client connected from 10.0.0.7:40102 as esp (p2, c1, k0, u'heating').`,
      `${stamp}Will message specified (4 bytes) (r0, q0).`,
      `${stamp}\tcellar/fan`,
      `${stamp}New client connected from 10.0.0.8:40103 as old (p2, c0, k60, u'dhtclient').`,
      `${stamp}Client old disconnected.`,
    ];
    writeFileSync(join(home, 'said'), `${said.join('\n')}\n`);
    // As the broker tells of it below $SYS too.
    const old = { clientId: 'old', clean: false, username: 'dhtclient', password: articlePasswords.dhtclient ?? '' };
    await (await connectAsync(house.broker.url, old)).endAsync();
    program('journalctl', `case "$*" in *-f*) exec sleep 20;; esac; cat ${join(home, 'said')}`);
    const found = await doctor('--broker-log', 'journal');
    expect(found('keepalive')).toEqual([expect.stringMatching(/^warning esp \(heating\): .*keepalive 0/)]);
    expect(found('session')[0]).toMatch(/^warning old \(dhtclient\): it logged in with clean session off/);
    expect(found('will')).toEqual([expect.stringMatching(/^warning esp \(heating\): its will lies on cellar\/fan/)]);
    program('journalctl', 'echo "No journal files were found." >&2; exit 1');
    const without = await doctor('--broker-log', 'journal');
    expect(without('log')).toContain('unexamined journal: this machine keeps no journal');
    expect(without('keepalive')).toEqual([expect.stringMatching(/^unexamined keepalive of the clients: only the log/)]);
  });
});

describe.runIf(mosquitto !== null)('hometui doctor on a broker with several kinds of listeners', () => {
  const keep = closeAfterEach();

  it('tries who hears what on each of them', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hometui-listeners-'));
    keep({ close: () => rmSync(folder, { recursive: true, force: true }) });
    const certificates = createCertificates();
    keep({ close: certificates.remove });
    const [plain, encrypted] = [await freePort(), await freePort()];
    writeFileSync(join(folder, 'acl'), 'user master\ntopic readwrite #\nuser monitor\ntopic read heating/#\n');
    const users = ['master', 'monitor'].map(user => `${user}:${hashPassword(user)}\n`);
    writeFileSync(join(folder, 'passwords'), users.join(''));
    const { ca, server } = certificates;
    const lines = [
      ...[...(process.getuid?.() === 0 ? ['user root'] : []), 'allow_anonymous false'],
      ...[`acl_file ${folder}/acl`, `password_file ${folder}/passwords`, 'log_dest stderr', 'log_type all'],
      ...[`listener ${plain} 127.0.0.1`, `listener ${encrypted} 127.0.0.1`],
      ...[`cafile ${ca}`, `certfile ${server.cert}`, `keyfile ${server.key}`],
    ];
    writeFileSync(join(folder, 'conf'), `${lines.join('\n')}\n`);
    const broker = await runBroker(join(folder, 'conf'));
    keep(broker);
    const url = `mqtt://127.0.0.1:${plain}`;
    const device = await connectAsync(url, { username: 'master', password: 'master' });
    const timer = setInterval(() => void device.publish('heating/flow', '45'), 100);
    keep({ close: () => clearInterval(timer) });
    keep({ close: () => device.endAsync(true) });
    for (const user of ['master', 'monitor']) writeFileSync(join(folder, user), user);
    const logins = `master=${join(folder, 'master')},monitor=${join(folder, 'monitor')}`;
    const words = [
      'doctor',
      '-L',
      url,
      '--conf',
      join(folder, 'conf'),
      '--login',
      logins,
      '-t',
      '2',
      '--format',
      'json',
    ];
    const { stdout } = await runHometui(words, { env: { HOME: folder } });
    const { checks } = v.parse(reportSchema, JSON.parse(stdout));
    const of = (id: Check['id'], sign: Check['sign']): readonly string[] =>
      checks.filter(check => check.id === id && check.sign === sign).map(({ subject }) => subject);
    const where = [plain, encrypted].map(port => `listener ${port} on 127.0.0.1`);
    expect(of('rights', 'well')).toEqual(where.map(name => `2 users × 7 topics, reading, on ${name}`));
    expect(of('in-force', 'well')).toEqual(where.map(name => `rights on ${name}`));
    expect(of('anonymous', 'well')).toEqual(where.map(name => `client without a user name on ${name}`));
    expect(checks.filter(({ sign, id }) => sign === 'fault' && id !== 'device')).toEqual([]);
  });
});
