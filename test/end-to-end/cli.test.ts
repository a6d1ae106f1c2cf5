import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { statusSchema } from '../../src/core/format/status-schema.ts';
import { freePort } from '../helpers/brokers/mosquitto.ts';
import { startTcpServer } from '../helpers/brokers/tcp-server.ts';
import { parseCsv } from '../helpers/formats/parse-csv.ts';
import { parseNagios } from '../helpers/formats/parse-nagios.ts';
import { parsePrometheus } from '../helpers/formats/parse-prometheus.ts';
import { articlePasswords, startArticleBroker, wellHeating } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { runHometui, startHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');

describe('without a broker', () => {
  it.each([
    [['--help'], 0, /Usage:\n {2}hometui/, ''],
    [['set', '--help'], 0, /hometui set SWITCH on\|off\|toggle/, ''],
    [['--version'], 0, /^\d+\.\d+\.\d+\n$/, ''],
    [['status', '--bogus', '--version'], 0, /^\d+\.\d+\.\d+\n$/, ''],
    [['config', 'path', '--output', 'x'], 64, /^$/, 'It belongs to hometui config export.'],
    [['config', 'import', '.'], 66, /^$/, 'it is a folder\n  Name a file that'],
    [['acl', 'explain', 'acl', '--stdin', '--topic', 'a'], 64, /^$/, 'Leave --topic out, or --stdin.'],
    [['\u001b[2Jstatus'], 64, /^$/, 'there is no command \ufffd[2Jstatus'],
    [['stauts'], 64, /^$/, 'Did you mean status?'],
    [['status', '--formt', 'json'], 64, /^$/, 'Did you mean --format?'],
    [['-h'], 64, /^$/, '-h is the host'],
    [['status', '-p', '99999'], 64, /^$/, '--port 99999 is not possible'],
    [['status', '-L', 'http://x'], 64, /^$/, 'is not one of a broker'],
    [['status', 'now'], 64, /^$/, 'does not know what to do with "now"'],
    [['status', '--only', 'flwo'], 64, /^$/, 'Did you mean flow?'],
    [['watch', '--format', 'prometheus'], 64, /^$/, 'It takes text, json, csv.'],
    [['set'], 64, /^$/, 'no switch is named'],
    [['set', 'pmup', 'on'], 64, /^$/, 'Did you mean pump?'],
    [['set', 'pump', 'up'], 64, /^$/, 'pump cannot be set to "up"'],
    [['set', 'PUMP=ON', '--dry-run'], 0, /^Pump on: would publish/, ''],
    [['set', 'burner', 'on'], 64, /^$/, 'Say --yes'],
    [['status', '-u', 'master'], 77, /^$/, 'there is no password for master'],
    [['status', '--house', 'nowhere.json'], 78, /^$/, 'nowhere.json cannot be read: there is no such file'],
    [['status', '--cafile', 'nowhere.pem'], 66, /^$/, 'nowhere.pem cannot be read'],
    [['status', '--cafile', 'nowhere.pem', '--insecure'], 66, /^$/, 'nowhere.pem cannot be read'],
    [['status', '-u', 'x', '--password-file', 'nowhere'], 66, /^$/, 'nowhere cannot be read'],
    [['status', '--bogus', '--format', 'nagios'], 3, /^HOMETUI UNKNOWN - there is no option --bogus/, ''],
    [
      ['set', 'pump=on', 'fan=toggle', '--dry-run'],
      0,
      /would publish "on" to heating\/pump[\s\S]*the other position/,
      '',
    ],
  ])('hometui %j exits %i', async (args, code, stdout, stderr) => {
    const ended = await runHometui(args);
    expect(ended.code, JSON.stringify(ended)).toBe(code);
    expect(ended.stdout).toMatch(stdout);
    expect(ended.stderr).toContain(stderr);
    expect(ended.stderr).not.toMatch(/^\s+at /m);
  });

  it('says that the broker cannot be reached, in each format', async () => {
    const url = `mqtt://127.0.0.1:${await freePort()}`;
    const text = await runHometui(['status', '-L', url]);
    expect(text).toMatchObject({ code: 69, stdout: '' });
    expect(text.stderr).toMatch(
      /^hometui: broker not reachable at 127\.0\.0\.1:\d+: connection refused\n {2}Check that/,
    );
    const json = await runHometui(['status', '-L', url, '--format', 'json']);
    expect(json.code).toBe(69);
    expect(v.parse(statusSchema, JSON.parse(json.stdout))).toMatchObject({
      overall: 'unknown',
      broker: { connected: false, protocol: null, error: expect.stringContaining('connection refused') },
      sensors: { flow: { value: null } },
    });
    const nagios = await runHometui(['status', '-L', url, '--format', 'nagios']);
    expect([nagios.code, parseNagios(nagios.stdout).status]).toEqual([3, 'UNKNOWN']);
    expect(await runHometui(['set', 'pump', 'on', '-L', url])).toMatchObject({ code: 69, stdout: '' });
  });

  it.concurrent.for(['auto', '5', '311'])(
    'counts the password among the reasons where a login is closed without an answer, by %s',
    async version => {
      const server = await startTcpServer(socket => void socket.once('data', () => socket.end()));
      try {
        const to = ['-h', '127.0.0.1', '-p', String(server.port), '--protocol-version', version];
        const tries = [['status'], ['set', 'pump', 'on']].map(async words => {
          const startedAt = performance.now();
          const ended = await runHometui([...words, ...to, '-u', 'master', '-P', 'wrong']);
          // Not 77: what answers nothing may as well be no broker at all.
          expect(ended).toMatchObject({ code: 69, stdout: '' });
          expect(ended.stderr).toContain('closed the connection before it answered the login');
          expect(ended.stderr).toContain('It may not take user name or password of master');
          // Six at a time take a while on a busy machine; one that waits for the broker waits for 12 s.
          expect(performance.now() - startedAt).toBeLessThan(11_000);
        });
        await Promise.all(tries);
      } finally {
        await server.close();
      }
    },
  );

  it('keeps its time limit when a server takes the connection and says nothing', async () => {
    const server = await startTcpServer();
    try {
      const ended = await runHometui(['status', '-h', '127.0.0.1', '-p', String(server.port), '-t', '0.5']);
      expect(ended).toMatchObject({ code: 3, stdout: '' });
      expect(ended.stderr).toContain('gave no answer in time');
    } finally {
      await server.close();
    }
  });

  it('says when there is no room for the output', async () => {
    const ended = await runHometui(['--help'], { shell: '"$@" > /dev/full' });
    expect(ended).toMatchObject({ code: 74 });
    expect(ended.stderr).toContain('no space is left on the device');
  });

  it('stops at settings that are broken, and at a broken house file, with the line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hometui-cli-'));
    try {
      const house = join(folder, 'house.json');
      writeFileSync(house, '{\n  "name": "x",\n  "sensors": 3\n}\n');
      const broken = await runHometui(['status', '--house', house]);
      expect(broken.code).toBe(78);
      expect(broken.stderr).toContain(`${house}:3:`);
      mkdirSync(join(folder, 'hometui'));
      writeFileSync(join(folder, 'hometui', 'config.json'), '{\n  "user" "master"\n}\n');
      const settings = await runHometui(['status'], { env: { XDG_CONFIG_HOME: folder } });
      expect(settings.code).toBe(78);
      expect(settings.stderr).toMatch(/config\.json:2: error: the settings are not JSON/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe.runIf(mosquitto !== null)('on a mosquitto', () => {
  const house = useArticleHouse();
  const hometui = (user: string, ...args: string[]) => runHometui(args, { env: house.login(user) });

  it.each(['monitor', 'master'])('status as %s is 0 as soon as all is live, in each format', async user => {
    const json = await hometui(user, 'status', '--format', 'json');
    expect(json, json.stdout).toMatchObject({ code: 0, stderr: '' });
    const snapshot = v.parse(statusSchema, JSON.parse(json.stdout));
    expect(Object.values(snapshot.sensors).map(sensor => sensor.freshness)).toEqual(['live', 'live', 'live', 'live']);
    expect(Object.values(snapshot.clients).map(client => client.freshness)).toEqual(['live', 'live']);
    expect(snapshot.broker).toMatchObject({ user, protocol: '5', connected: true });

    const text = await hometui(user, 'status', '-V', '311');
    expect(text.stdout).toMatch(new RegExp(`^OK {2}${house.broker.url} as ${user}, MQTT 3.1.1\n`));
    const nagios = await hometui(user, 'status', '--format', 'nagios');
    expect([nagios.code, parseNagios(nagios.stdout).status]).toEqual([0, 'OK']);
    const prometheus = await hometui(user, 'status', '--format', 'prometheus');
    expect(parsePrometheus(prometheus.stdout).get('hometui_status')?.samples).toEqual([
      { labels: { house: 'Home' }, value: 0 },
    ]);
    const csv = await hometui(user, 'status', '--format', 'csv');
    expect(parseCsv(csv.stdout)).toContainEqual(expect.arrayContaining(['sensor', 'flow', 'Flow', '54.3', '°C']));
  });

  it('status writes its output file whole', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hometui-cli-'));
    try {
      const file = join(folder, 'hometui.prom');
      const ended = await hometui('master', 'status', '--format', 'prometheus', '--output', file);
      expect(ended).toMatchObject({ code: 0, stdout: '' });
      expect(parsePrometheus(readFileSync(file, 'utf8')).size).toBeGreaterThan(5);
      const failed = await hometui('master', 'status', '--output', join(folder, 'none', 'x'));
      expect(failed).toMatchObject({ code: 74, stderr: expect.stringContaining('cannot be written') });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('status is 1 where a client is silent and a limit is passed, 2 at a critical limit', async () => {
    try {
      house.heating.speak({ ...wellHeating, 'heating/flow': '86' });
      const warning = await hometui('monitor', 'status');
      expect(warning).toMatchObject({ code: 1, stdout: expect.stringContaining('- Flow is 86.0 °C, above 80') });
      house.heating.speak({ ...wellHeating, 'heating/flow': '95' });
      const critical = await hometui('monitor', 'status', '--format', 'nagios');
      expect(critical).toMatchObject({ code: 2, stdout: expect.stringMatching(/^HOMETUI CRITICAL - Flow is 95.0/) });
      house.heating.fallSilent();
      const silent = await hometui('monitor', 'status', '--timeout', '1.5');
      expect(silent.code, silent.stdout).toBe(1);
      expect(silent.stdout).toMatch(/heating {2,}waiting/);
      expect(await hometui('monitor', 'status', '--only', 'temperature,dhtclient')).toMatchObject({ code: 0 });
      expect(await hometui('monitor', 'status', '--only', 'flow', '-t', '0.3')).toMatchObject({ code: 3 });
    } finally {
      house.heating.speak(wellHeating);
    }
  });

  it('is 77 for a wrong password and an unknown user, and never prints one', async () => {
    for (const env of [house.login('master', 'wrong-secret'), house.login('nobody', 'wrong-secret')]) {
      for (const args of [['status'], ['set', 'pump', 'on'], ['watch']]) {
        const ended = await runHometui(args, { env });
        expect(ended, args.join(' ')).toMatchObject({ code: 77 });
        expect(ended.stderr).toMatch(/login as \w+ refused by the broker/);
        expect(ended.stderr + ended.stdout).not.toContain('wrong-secret');
      }
    }
    const nagios = await runHometui(['status', '--format', 'nagios'], { env: house.login('master', 'wrong-secret') });
    expect(nagios).toMatchObject({
      code: 3,
      stdout: expect.stringMatching(/^HOMETUI UNKNOWN - login as master refused/),
    });
  });

  it('takes the password from a file, and warns of one on the command line', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hometui-cli-'));
    try {
      const file = join(folder, 'password');
      writeFileSync(file, `${articlePasswords.master}\nsecond line\n`);
      const args = ['status', '-L', house.broker.url, '-u', 'master'];
      expect(await runHometui([...args, '--password-file', file])).toMatchObject({ code: 0, stderr: '' });
      const flag = await runHometui([...args, '-P', articlePasswords.master ?? '']);
      expect(flag).toMatchObject({ code: 0, stderr: expect.stringContaining('can be read by others') });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('set is 0 when the device confirms, several in their order', async () => {
    const pump = await hometui('monitor', 'set', 'pump', 'on');
    expect(pump).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Pump on: confirmed in \d+ ms\n$/) });
    const both = await hometui('monitor', 'set', 'pump=off', 'burner=off', '--yes', '--format', 'json');
    const lines = both.stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect([both.code, lines.map(line => [line.id, line.target, line.verdict, line.evidence])]).toEqual([
      0,
      [
        ['pump', 'off', 'confirmed', 'feedback'],
        ['burner', 'off', 'confirmed', 'feedback'],
      ],
    ]);
    expect(house.heating.commands.slice(-2)).toEqual(['heating/pump off', 'heating/burner off']);
  });

  it('set toggles what it knows, and refuses what it does not', async () => {
    const timer = setInterval(() => house.heating.client.publish('heating/pump/done', 'on'), 200);
    try {
      const toggled = await hometui('monitor', 'set', 'pump', 'toggle');
      expect(toggled).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Pump off: confirmed/) });
    } finally {
      clearInterval(timer);
    }
    const before = house.cellar.commands.length;
    const unknown = await hometui('master', 'set', 'fan', 'toggle');
    expect(unknown).toMatchObject({ code: 75, stdout: expect.stringContaining('where it stands is not known') });
    expect(house.cellar.commands).toHaveLength(before);
  });

  it('set is 77 when the broker denies it, and tries nothing after it', async () => {
    const ended = await hometui('monitor', 'set', 'fan=on', 'pump=on');
    expect(ended.code, ended.stdout).toBe(77);
    expect(ended.stdout).toMatch(/^Fan on: denied, /);
    expect(ended.stdout).toContain('topic write cellar/fan');
    expect(ended.stdout).toContain('Pump on: not sent, not tried, because Fan was not confirmed');
    expect(house.heating.commands.at(-1)).not.toBe('heating/pump on');
  });

  it('set is 75 when nobody listens and when nobody answers', async () => {
    await house.cellar.client.unsubscribeAsync('cellar/fan');
    const nobody = await hometui('master', 'set', 'fan', 'on');
    await house.cellar.client.subscribeAsync('cellar/fan');
    expect(nobody).toMatchObject({ code: 75, stdout: expect.stringMatching(/^Fan on: nobody is listening/) });
    house.cellar.answer(false);
    const silent = await hometui('master', 'set', 'fan', 'on', '--format', 'json');
    house.cellar.answer(true);
    expect([silent.code, JSON.parse(silent.stdout).verdict]).toEqual([75, 'not-confirmed']);
  });

  it('toggle, broken off before it knows where the switch stands, says nothing about it', async () => {
    const running = startHometui(['set', 'burner=toggle', '--yes', '-i', 'toggler'], { env: house.login('master') });
    await house.broker.waitForLog(/Sending UNSUBACK to toggler/);
    running.child.kill('SIGTERM');
    expect(await running.ended).toEqual({ code: 143, stdout: '', stderr: '' });
  });

  it('set, broken off, says that the verdict is open', async () => {
    house.cellar.answer(false);
    const sent = house.cellar.commands.length;
    const running = startHometui(['set', 'fan', 'on'], { env: house.login('master') });
    await expect.poll(() => house.cellar.commands.length, { timeout: 10_000 }).toBeGreaterThan(sent);
    running.child.kill('SIGINT');
    const ended = await running.ended;
    house.cellar.answer(true);
    expect(ended).toMatchObject({ code: 130, stderr: expect.stringContaining('its verdict is still open') });
  });

  it('watch says each event, and ends as it is asked to', async () => {
    const json = await hometui('monitor', 'watch', '--format', 'json', '--count', '5');
    const events = json.stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect([json.code, events.length]).toEqual([0, 5]);
    expect(events[0]).toMatchObject({ type: 'link', connected: true });
    for (const event of events)
      expect([typeof event.type, new Date(event.at).toISOString()]).toEqual(['string', event.at]);
    const [csv, ok, flowOk, fanOk] = await Promise.all([
      hometui('monitor', 'watch', '--format', 'csv', '--for', '1', '--only', 'humidity'),
      hometui('monitor', 'watch', '--until-ok', '--for', '20'),
      hometui('monitor', 'watch', '--until-ok', '--for', '10', '--only', 'flow'),
      // A relay that nobody asked has not said where it stands: that is unknown, and not well.
      hometui('monitor', 'watch', '--until-ok', '--for', '1', '--only', 'fan'),
    ]);
    const kinds = new Set(
      parseCsv(csv.stdout)
        .slice(1)
        .map(record => record[2]),
    );
    expect([csv.code, kinds]).toEqual([0, new Set(['', 'humidity'])]);
    expect([ok.code, flowOk.code, fanOk.code]).toEqual([0, 0, 3]);
  });

  it('watch ends cleanly behind a closed pipe, and at a signal with its code', async () => {
    const piped = await runHometui(['watch'], {
      env: house.login('monitor'),
      shell: '{ "$@"; echo "code $?" >&2; } | head -1',
    });
    expect(piped.stderr).toBe('code 0\n');
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ] as const) {
      const running = startHometui(['watch'], { env: house.login('monitor') });
      await running.waitFor(/connected/);
      running.child.kill(signal);
      expect(await running.ended, signal).toMatchObject({ code, stderr: '' });
    }
  });

  it('watch survives a restart of the broker', async () => {
    const other = await startArticleBroker();
    try {
      const env = { ...house.login('master'), HOMETUI_URL: other.url };
      const running = startHometui(['watch'], { env });
      await running.waitFor(/connected to/);
      await other.stop();
      await running.waitFor(/next try in|closed the connection/);
      await other.restart();
      await running.waitFor(/connected to[\s\S]*connected to/, 15_000);
      running.child.kill('SIGTERM');
      expect(await running.ended).toMatchObject({ code: 143 });
    } finally {
      await other.close();
    }
  });

  it('leaves no session behind, twenty at once', async () => {
    const runs = await Promise.all(Array.from({ length: 20 }, () => hometui('monitor', 'status', '--format', 'json')));
    expect(runs.map(run => run.code)).toEqual(runs.map(() => 0));
    const inLog = (pattern: RegExp): number => house.broker.readLog().match(pattern)?.length ?? 0;
    const opened = inLog(/New client connected .* as hometui-/g);
    expect(opened).toBeGreaterThan(20);
    const closed = (): number => inLog(/Client hometui-\w+ (disconnected|closed its connection)/g);
    await expect.poll(closed, { timeout: 10_000 }).toBe(opened);
  });
});
