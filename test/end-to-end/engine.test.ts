import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { historyFolder } from '../../src/io/history-store/place.ts';
import { freePort } from '../helpers/brokers/mosquitto.ts';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { startInflux, startPrometheus } from '../helpers/engines/engines.ts';
import { parsePrometheus } from '../helpers/formats/parse-prometheus.ts';
import { openHouseDay } from '../helpers/history/house-day.ts';
import { writeHousePast } from '../helpers/history/house-past.ts';
import { articlePasswords, wellCellar, wellHeating } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { PROGRAM, type Running, runHometui, startHometui } from '../helpers/program/hometui.ts';
import { findProgram, requireProgram } from '../helpers/require-program.ts';
import { startInPty } from '../helpers/terminal/pty.ts';

const isPossible = [
  requireProgram('mosquitto'),
  requireProgram('influxd', 'influxdb'),
  requireProgram('prometheus'),
].every(program => program !== null);

describe.runIf(isPossible)('a database on another machine', () => {
  const house = useArticleHouse();
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'hometui-engine-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));
  // What was started ends before its folder goes: hooks run from the last to the first.
  const keep = closeAfterEach();

  const env = () => ({ HOME: home, XDG_STATE_HOME: home, ...house.login('master') });
  const startDaemon = async (...args: readonly string[]): Promise<Running> => {
    const daemon = keep(startHometui(['daemon', ...args], { env: env() }));
    await daemon.waitFor(/ connected /);
    return daemon;
  };
  const speak = (): void => {
    house.heating.speak(wellHeating);
    house.cellar.speak(wellCellar);
  };

  it('gets what the daemon records, and tells it to a console that has no history of its own', async () => {
    const influx = keep(await startInflux(true));
    const login = join(home, 'login');
    writeFileSync(login, 'admin:secret\n', { mode: 0o600 });
    const engine = ['--engine', `http://127.0.0.1:${influx.port}/write?db=hometui`, '--engine-login', login];
    // What was recorded before there was an engine is sent, too.
    const folder = historyFolder(env(), 'Home', { host: '127.0.0.1', port: house.broker.port }) ?? '';
    const day = await openHouseDay(folder);
    for (let minute = 0; minute < 120; minute++) await day.commit(minute);
    await day.close();
    const daemon = await startDaemon(...engine);
    expect(daemon.stdout()).toContain(`sends what it records to the engine http://127.0.0.1:${influx.port}`);
    const last = ['--from', '2026-01-01T00:00Z', '--to', '2026-01-01T02:00Z', '--every', '1h', '-F', 'csv'];
    const ask = async () => (await runHometui(['history', ...last], { env: env() })).stdout;
    const askThere = async () =>
      (
        await runHometui(['history', '--from-engine', ...engine, ...last], {
          env: { ...env(), XDG_STATE_HOME: join(home, 'laptop') },
        })
      ).stdout;
    await expect.poll(askThere, { timeout: 40_000, interval: 500 }).toMatch(/,bucket,humidity,%,\d/);
    const buckets = (csv: string) =>
      csv.split('\n').filter(line => line.includes(',bucket,') && !line.includes(',0,,'));
    expect(buckets(await askThere())).toEqual(expect.arrayContaining(buckets(await ask())));
    daemon.child.kill('SIGTERM');
    expect((await daemon.ended).code).toBe(0);
  }, 90_000);

  it('tells a console what its own machine did not record', async () => {
    const influx = keep(await startInflux());
    const now = Math.floor(Date.now() / 1_000);
    const lines = Array.from(
      { length: 120 },
      (_, n) => `hometui,house=Home,sensor=flow,unit=°C value=48.5 ${now - 3_000 + 20 * n}`,
    );
    const url = `http://127.0.0.1:${influx.port}/write?db=hometui`;
    expect((await fetch(`${url}&precision=s`, { method: 'POST', body: lines.join('\n') })).status).toBe(204);
    const folder = join(home, '.config', 'hometui');
    mkdirSync(folder, { recursive: true });
    const profile = { url: house.broker.url, user: 'master', password: articlePasswords.master, engine: url };
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ profiles: { home: profile } }), { mode: 0o600 });
    const args = [PROGRAM, '--profile', 'home'];
    const console = keep(await startInPty(process.execPath, { args, env: { HOME: home, XDG_STATE_HOME: home } }));
    speak();
    await console.waitFor('54.3 °C');
    console.write('\r+');
    await console.waitFor(`from 127.0.0.1:${influx.port}`);
    await console.waitFor(/min 48\.5/);
    await influx.close();
    console.write('+');
    await console.waitFor(/nothing listens there/);
    console.write('q');
    expect(await console.exit).toMatchObject({ code: 0 });
  }, 60_000);

  it('draws from a Prometheus the chart that is drawn where it was recorded', async () => {
    const now = Math.floor(Date.now() / 1_000);
    const there = join(home, 'recorded');
    const place = (root: string) => ({ ...env(), HOME: root, XDG_STATE_HOME: root });
    const folder = historyFolder(place(there), 'Home', { host: '127.0.0.1', port: house.broker.port }) ?? '';
    await writeHousePast(folder, { from: now - 20 * 3_600, until: now - 300 });
    const exported = await runHometui(['history', '--last', '24h', '-F', 'openmetrics'], { env: place(there) });
    const prometheus = keep(await startPrometheus([], makeBlocks(home, exported.stdout)));
    // On the other machine nothing was recorded.
    const laptop = join(home, 'laptop');
    mkdirSync(join(laptop, '.config', 'hometui'), { recursive: true });
    const engine = `http://127.0.0.1:${prometheus.port}/api/v1`;
    writeFileSync(join(laptop, '.config', 'hometui', 'config.json'), JSON.stringify({ engine }), { mode: 0o600 });
    const chartOf = async (root: string, told: string | RegExp): Promise<readonly number[]> => {
      const options = { args: [PROGRAM], env: place(root), columns: 100, rows: 30 };
      const console = keep(await startInPty(process.execPath, options));
      speak();
      await console.waitFor('54.3 °C');
      console.write('\r+++');
      await console.waitFor(told);
      const screen = await console.waitFor(/min 4\d\.\d {2}mean \d.* max 6\d\.\d/);
      console.write('q');
      expect(await console.exit).toMatchObject({ code: 0 });
      return (/min ([\d.]+) {2}mean ([\d.]+) {2}max ([\d.]+)/.exec(screen) ?? []).slice(1).map(Number);
    };
    const ours = await chartOf(there, /\[24 h\]/);
    const theirs = await chartOf(laptop, `from 127.0.0.1:${prometheus.port}`);
    const [[min, mean, max], [otherMin, otherMean, otherMax]] = [ours, theirs];
    expect([otherMin, otherMax]).toEqual([min, max]);
    expect(Math.abs((otherMean ?? Number.NaN) - (mean ?? 0))).toBeLessThanOrEqual(0.2);
    await prometheus.close();
    const console = keep(await startInPty(process.execPath, { args: [PROGRAM], env: place(laptop), columns: 100 }));
    speak();
    await console.waitFor('54.3 °C');
    console.write('\r+++');
    await console.waitFor(/nothing listens there/);
    console.write('q');
    await console.exit;
  }, 90_000);

  it('a Prometheus that was given the exported history tells the same', async () => {
    const folder = historyFolder(env(), 'Home', { host: '127.0.0.1', port: house.broker.port }) ?? '';
    const day = await openHouseDay(folder);
    for (let minute = 0; minute < 120; minute++) await day.commit(minute);
    await day.close();
    const time = ['--from', '2026-01-01T00:00Z', '--to', '2026-01-01T02:00Z'];
    const exported = await runHometui(['history', ...time, '-F', 'openmetrics'], { env: env() });
    const prometheus = keep(await startPrometheus([], makeBlocks(home, exported.stdout)));
    const engine = ['--from-engine', '--engine', `http://127.0.0.1:${prometheus.port}/api/v1`];
    const buckets = async (...args: readonly string[]) => {
      const { stdout } = await runHometui(['history', ...args, ...time, '--every', '10min', '-F', 'csv'], {
        env: env(),
      });
      // Prometheus knows percent as a part of one: the last digit of a mean may be another.
      return stdout.split('\n').filter(line => line.includes(',bucket,flow,'));
    };
    const ours = await buckets();
    expect(ours).toHaveLength(12);
    expect(await buckets(...engine)).toEqual(ours);
  }, 60_000);

  it('lets a Prometheus fetch how the house is, and reads it back from there', async () => {
    const port = await freePort();
    const daemon = await startDaemon('--metrics', `127.0.0.1:${port}`);
    const url = `http://127.0.0.1:${port}/metrics`;
    expect(daemon.stdout()).toContain(`its metrics are at ${url}\n`);
    speak();
    const text = async () => (await fetch(url)).text();
    await expect.poll(text, { timeout: 10_000 }).toContain('hometui_sensor_celsius{sensor="flow"');
    const promtool = findProgram('promtool') ?? '';
    const judged = spawnSync(promtool, ['check', 'metrics'], { input: await text(), encoding: 'utf8' });
    expect([judged.status, judged.stderr]).toEqual([0, '']);
    expect(parsePrometheus(await text()).size).toBeGreaterThan(10);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);

    const prometheus = keep(await startPrometheus([`127.0.0.1:${port}`]));
    const engine = ['--engine', `http://127.0.0.1:${prometheus.port}/api/v1`];
    const ask = () =>
      runHometui(['history', '--from-engine', ...engine, '--last', '5min', '-F', 'csv'], { env: env() });
    await expect
      .poll(async () => (await ask()).stdout, { timeout: 30_000, interval: 500 })
      .toMatch(/,bucket,flow,°C,\d/);
    const flow = wellHeating['heating/flow'];
    expect((await ask()).stdout).toMatch(new RegExp(`,bucket,flow,°C,${Number.parseFloat(`${flow}`)},`));
    daemon.child.kill('SIGTERM');
    expect((await daemon.ended).code).toBe(0);
  }, 90_000);

  it.each([
    [['--engine', 'http://pi'], 64, 'does not say which API is meant'],
    [['--engine', 'http://127.0.0.1:1/write?db=x', '--engine-login', '/nowhere'], 66, 'there is no such file'],
    [['--engine', 'http://127.0.0.1:2/write?db=x'], 69, 'nothing listens there'],
    [[], 64, 'none is settled'],
  ])('%j: %i', async (args, code, words) => {
    const said = await runHometui(['history', '--from-engine', ...args], { env: env() });
    expect([said.code, said.stdout]).toEqual([code, '']);
    expect(said.stderr).toContain(words);
  });

  it('a port that is taken is told, and the daemon does not start', async () => {
    const taken = house.broker.port;
    const said = await runHometui(['daemon', '--metrics', `${taken}`], { env: env() });
    expect(said.code).toBe(74);
    expect(said.stderr).toContain(`the metrics cannot be served at ${taken}`);
  });
});

/** Makes what a Prometheus starts with, of what was exported. */
const makeBlocks =
  (folder: string, openMetrics: string) =>
  (data: string): void => {
    const file = join(folder, 'openmetrics');
    writeFileSync(file, openMetrics);
    const promtool = findProgram('promtool') ?? '';
    const made = spawnSync(promtool, ['tsdb', 'create-blocks-from', 'openmetrics', file, data], { encoding: 'utf8' });
    expect([made.status, made.stderr]).toEqual([0, '']);
  };
