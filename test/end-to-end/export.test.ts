import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readingLine } from '../../src/core/engine/lines.ts';
import { freePort } from '../helpers/brokers/mosquitto.ts';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { startInflux, startPrometheus, startVictoria } from '../helpers/engines/engines.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { PROGRAM, runHometui, startHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { startInPty } from '../helpers/terminal/pty.ts';

const isPossible = [
  requireProgram('mosquitto'),
  requireProgram('influxd', 'influxdb'),
  requireProgram('victoria-metrics'),
  requireProgram('prometheus'),
].every(program => program !== null);

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'hometui-export-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const run = (...args: readonly string[]) => runHometui(['export', ...args], { env: { HOME: home } });

interface Panel {
  readonly title: string;
  readonly targets?: readonly { readonly query?: string; readonly expr?: string }[];
}

/** The question that the gauge of the humidity asks, as Grafana fills it in for the last hour. */
async function question(source: string): Promise<string> {
  const { code, stdout } = await run('--to', 'grafana', '--data-source', source);
  expect(code).toBe(0);
  const { panels } = JSON.parse(stdout) as { readonly panels: readonly Panel[] };
  const [target] = panels.find(({ title }) => title === 'Humidity')?.targets ?? [];
  return (target?.query ?? target?.expr ?? '')
    .replaceAll('$timeFilter', 'time >= now() - 1h')
    .replaceAll('$__interval', '10s');
}

/** Values of 20 minutes, as the daemon sends them. */
function recorded(): string {
  const now = Math.floor(Date.now() / 1_000);
  const item = { id: 'humidity', unit: '%' };
  return Array.from({ length: 120 }, (_, n) => readingLine('Home', item, now - 10 * n, 71)).join('');
}

describe.runIf(isPossible)('a dashboard of Grafana', () => {
  const house = useArticleHouse();
  const keep = closeAfterEach();

  it('asks InfluxDB for what the daemon writes', async () => {
    const { port } = keep(await startInflux());
    const address = `http://127.0.0.1:${port}`;
    expect((await fetch(`${address}/write?db=hometui`, { method: 'POST', body: recorded() })).status).toBe(204);
    const asked = new URLSearchParams({ db: 'hometui', epoch: 'ms', q: await question('influxdb') });
    const answer = await (await fetch(`${address}/query?${asked}`)).json();
    const values = (answer as { results: { series: { values: [number, number | null][] }[] }[] }).results[0]?.series[0]
      ?.values;
    expect(values?.filter(([, value]) => value === 71).length).toBeGreaterThan(100);
  });

  it('asks VictoriaMetrics for what the daemon writes', async () => {
    const { port } = keep(await startVictoria());
    const address = `http://127.0.0.1:${port}`;
    expect((await fetch(`${address}/write?db=hometui`, { method: 'POST', body: recorded() })).status).toBe(204);
    await fetch(`${address}/internal/force_flush`);
    const now = Math.floor(Date.now() / 1_000);
    const asked = { query: await question('victoriametrics'), start: `${now - 900}`, end: `${now - 60}`, step: '10s' };
    const answer = await (await fetch(`${address}/api/v1/query_range?${new URLSearchParams(asked)}`)).json();
    const values = (answer as { data: { result: { values: [number, string][] }[] } }).data.result[0]?.values;
    expect(values?.filter(([, value]) => value === '71').length).toBeGreaterThan(70);
  });

  it('asks Prometheus for what it fetches from the daemon, in the unit of the house', async () => {
    const port = await freePort();
    const env = { HOME: home, XDG_STATE_HOME: home, ...house.login('master') };
    const daemon = keep(startHometui(['daemon', '--metrics', `127.0.0.1:${port}`], { env }));
    await daemon.waitFor(/ connected /);
    const prometheus = keep(await startPrometheus([`127.0.0.1:${port}`]));
    const asked = new URLSearchParams({ query: await question('prometheus') });
    const ask = async (): Promise<string | undefined> => {
      const answer = await (await fetch(`http://127.0.0.1:${prometheus.port}/api/v1/query?${asked}`)).json();
      return (answer as { data: { result: { value: [number, string] }[] } }).data.result[0]?.value[1];
    };
    await expect.poll(ask, { timeout: 30_000, interval: 200 }).toBe('71');
  }, 60_000);
});

describe.runIf(requireProgram('mosquitto') !== null)('hometui export --to home-assistant --publish', () => {
  const house = useArticleHouse();
  const keep = closeAfterEach();
  const publish = (user: string, ...more: readonly string[]) =>
    runHometui(['export', '--to', 'home-assistant', '--publish', ...more], {
      env: { HOME: home, ...house.login(user) },
    });

  it('asks, and publishes nothing without an answer', async () => {
    expect(await publish('master')).toMatchObject({ code: 64 });
    const args = [PROGRAM, 'export', '--to', 'home-assistant', '--publish'];
    const terminal = keep(await startInPty(process.execPath, { args, env: { HOME: home, ...house.login('master') } }));
    await terminal.waitFor('Publish 7 messages, kept by the broker, at mqtt:');
    terminal.write('n\r');
    expect(await terminal.exit).toMatchObject({ code: 130 });
    const heard = await runHometui(['topics', 'homeassistant/#', '--for', '0.5'], { env: house.login('master') });
    expect(heard.code).toBe(3);
  });

  it('says of each message whether the broker took it, and they are kept', async () => {
    const denied = await publish('monitor', '--yes');
    expect(denied.code).toBe(77);
    expect(denied.stdout.match(/config: denied: not authorized/g)).toHaveLength(7);
    const taken = await publish('master', '--yes');
    expect(taken.code).toBe(0);
    expect(taken.stdout.match(/config: taken$/gm)).toHaveLength(7);
    const told = ['topics', 'homeassistant/#', '--for', '0.5', '--format', 'json'];
    const heard = await runHometui(told, { env: house.login('master') });
    const rows = heard.stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(rows).toHaveLength(7);
    expect(rows.every(({ retained, live }) => retained === true && live === 0)).toBe(true);
  });

  it('with MQTT 3.1.1 claims no more than it knows; nobody there is 69', async () => {
    const denied = await publish('monitor', '--yes', '-V', '311');
    expect(denied.stdout).toContain('taken; MQTT 3.1.1 does not tell whether it was let through');
    expect((await publish('master', '--yes', '-L', 'mqtt://127.0.0.1:9')).code).toBe(69);
    expect((await publish('master', '--yes', '-P', 'wrong')).code).toBe(77);
  });
});

describe('hometui export', () => {
  it('writes a discovery message on each line, to a file too, and says what is not in it', async () => {
    const file = join(home, 'discovery');
    const said = await run('--to', 'home-assistant', '--output', file);
    expect([said.code, said.stdout]).toEqual([0, '']);
    expect(said.stderr).toContain('hometui: Spread is not in it: hometui computes it\n');
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    expect(lines).toHaveLength(7);
    const [, topic, payload = ''] = /^(\S+) (.*)$/.exec(lines.find(line => line.includes('_pump/')) ?? '') ?? [];
    expect(topic).toBe('homeassistant/switch/hometui_home_pump/config');
    expect(JSON.parse(payload)).toMatchObject({ command_topic: 'heating/pump', state_topic: 'heating/pump/done' });
  });

  it('refuses what is no program, what is missing, and options of another program', async () => {
    for (const args of [[], ['--to', 'openhab'], ['--to', 'grafana', '--dashboard', '1'], ['--to', 'node-red', 'x']]) {
      const said = await run(...args);
      expect([said.code, said.stdout]).toEqual([64, '']);
    }
    expect((await run('--to', 'grafana', '--output', join(home, 'no', 'such'))).code).toBe(74);
  });
});
