import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHouse } from '../../src/core/house/house.ts';
import { parseHouse } from '../../src/core/house/parse.ts';
import type { HouseConfig } from '../../src/core/house/schema.ts';
import { startMosquitto } from '../helpers/brokers/mosquitto.ts';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { readRecorded } from '../helpers/discover/recorded.ts';
import { speak } from '../helpers/discover/speak.ts';
import { articlePasswords } from '../helpers/house/article-house.ts';
import { useArticleHouse } from '../helpers/house/use-article-house.ts';
import { until } from '../helpers/lifecycle/processes.ts';
import { PROGRAM, runHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { startInPty } from '../helpers/terminal/pty.ts';

const mosquitto = requireProgram('mosquitto');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-discover-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
// Before the folder goes, what still writes into it is closed: the last hook runs first.
const keep = closeAfterEach();

const file = (): string => join(folder, 'my-house.json');

function written(): HouseConfig {
  const house = parseHouse(readFileSync(file(), 'utf8'), file());
  if (!house.ok) throw new Error(JSON.stringify(house.error));
  return house.value;
}

describe.runIf(mosquitto !== null)("hometui discover on the article's house, which says nothing of itself", () => {
  const house = useArticleHouse();
  const found = '4 sensors, 3 switches, 2 clients';

  /** Somebody switches all three, again and again. */
  async function switchAll(): Promise<{ readonly close: () => Promise<void> }> {
    const login = { username: 'master', password: articlePasswords.master ?? '' };
    const client = await connectAsync(house.broker.url, login);
    let isOn = false;
    const timer = setInterval(() => {
      isOn = !isOn;
      for (const topic of ['heating/pump', 'heating/burner', 'cellar/fan']) client.publish(topic, isOn ? 'on' : 'off');
    }, 700);
    return {
      close: async () => {
        clearInterval(timer);
        await client.endAsync(true);
      },
    };
  }

  it('finds all of it within half a minute, asks on a terminal, and the console runs with the file', async () => {
    keep(await switchAll());
    const env = { ...house.login('master'), HOME: folder };
    const args = [PROGRAM, 'discover', '--for', '30', '--output', file()];
    const terminal = keep(await startInPty(process.execPath, { args, env, rows: 40 }));
    await terminal.waitFor(new RegExp(`s left, .*found ${found}`), 30_000);
    // One answer may be chance.
    const [heating, cellar] = [house.heating.commands.length, house.cellar.commands.length];
    await until(
      () => house.heating.commands.length >= heating + 12 && house.cellar.commands.length >= cellar + 6,
      'each switch to answer six times more',
      20_000,
    );
    terminal.write('\u0003');
    await terminal.waitFor('Take Flow? [Y/n/a/s/q]');
    expect(terminal.screen()).toContain('"flow" stands beside "return", as in a heating');
    terminal.write('\r');
    await terminal.waitFor('Take Return? [Y/n/a/s/q]');
    terminal.write('a\r');
    await terminal.waitFor('look it through, then: hometui --house');
    expect(terminal.screen()).toContain('is written.');
    const { sensors, switches, clients } = written();
    expect(Object.values(sensors).map(({ topic, unit }) => [topic, unit])).toEqual([
      ['heating/flow', '°C'],
      ['heating/return', '°C'],
      ['cellar/temperature', '°C'],
      ['cellar/humidity', '%'],
    ]);
    // In the order in which they answered first.
    expect(
      Object.values(switches)
        .map(({ command, feedback }) => `${command} > ${feedback}`)
        .sort(),
    ).toEqual([
      'cellar/fan > cellar/fan/done',
      'heating/burner > heating/burner/done',
      'heating/pump > heating/pump/done',
    ]);
    expect(Object.keys(clients)).toEqual(['heating', 'cellar']);
    const console = keep(await startInPty(process.execPath, { args: [PROGRAM, '--house', file()], env }));
    await console.waitFor(screen => /Flow .*54\.3 °C/.test(screen) && /Humidity .*71/.test(screen));
    const set = await runHometui(['set', 'pump', 'on', '--house', file()], { env });
    expect([set.code, set.stdout]).toEqual([0, expect.stringContaining('confirmed')]);
  }, 60_000);

  it('tells without a file what it found, and publishes and writes nothing', async () => {
    const before = house.heating.commands.length;
    const said = await runHometui(['discover', '--for', '2'], { env: { ...house.login('master'), HOME: folder } });
    expect(said.code).toBe(0);
    expect(said.stdout).toContain('Temperature: sensor in °C, cellar/temperature (seen)');
    expect(said.stderr).toContain('nothing was written: --output FILE makes a house file of it');
    expect(said.stderr).toContain('what master may not read, and what was not said in 2 s and is not retained');
    expect(house.heating.commands.length).toBe(before);
    expect(readdirSync(folder).filter(name => name.endsWith('.json'))).toEqual([]);
  });

  it('by the journal too, where the broker writes into that; why not is told', async () => {
    const journalctl = join(folder, 'journalctl');
    const as = (script: string): void => writeFileSync(journalctl, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    const env = { ...house.login('master'), PATH: `${folder}:${process.env.PATH}` };
    const words = ['discover', '--broker-log', 'journal', '--for', '2', '--format', 'json'];
    const stamp = '2026-11-29T18:20:53.250000+0100 pi mosquitto[612]: ';
    as(`sed 's/^/${stamp}/' ${house.broker.logFile}`);
    const { devices } = JSON.parse((await runHometui(words, { env })).stdout);
    expect(devices).toContainEqual(expect.objectContaining({ user: 'heating' }));
    as("echo 'Hint: You are currently not seeing messages from other users' >&2");
    const blind = JSON.parse((await runHometui(words, { env })).stdout);
    const why = 'who publishes is not known from the log: the journal cannot be read: permission denied';
    expect(blind.notKnown).toContain(why);
  }, 30_000);

  it('who may read nothing is told that this cannot be told from silence', async () => {
    const said = await runHometui(['discover', '--for', '1'], { env: house.login('heating') });
    expect(said.code).toBe(3);
    expect(said.stderr).toContain('either nothing was said and nothing is retained, or heating may not read it');
  });
});

describe.runIf(mosquitto !== null)('hometui discover with the log of a broker', () => {
  // A broker of its own: in the log of one on which others switched each command has a publisher.
  const house = useArticleHouse();

  it('by the log of the broker it is known who publishes and who takes commands', async () => {
    await house.heating.client.publishAsync('heating/pump/done', 'off', { retain: true, qos: 1 });
    const log = ['--broker-log', house.broker.logFile, '--for', '2', '--format', 'json'];
    const said = await runHometui(['discover', ...log], { env: house.login('master') });
    await house.heating.client.publishAsync('heating/pump/done', '', { retain: true, qos: 1 });
    const { items, devices, notKnown } = JSON.parse(said.stdout);
    expect(items.find(({ command }: { command?: string }) => command === 'heating/pump')).toMatchObject({
      basis: 'seen',
      evidence: [
        "by the broker's log heating takes heating/pump and publishes heating/pump/done",
        expect.stringContaining('"on" was not heard'),
        'heating/pump/done is retained: off',
      ],
    });
    expect(notKnown).toContainEqual(expect.stringContaining('takes what is sent to'));
    expect(devices.map(({ user }: { user: string }) => user).sort()).toEqual(['dhtclient', 'heating']);
  });
});

describe.runIf(mosquitto !== null)('hometui discover on a broker with three ecosystems', () => {
  it('finds each item of them, and adds to a file of a person without losing a line', async () => {
    const broker = keep(await startMosquitto());
    const all = ['zigbee2mqtt', 'tasmota', 'home-assistant'].map(readRecorded);
    keep(await speak(broker.url, all));
    const mine =
      '// mine\n{\n  "name": "Mine", // ours\n  "sensors": {\n    "sun": { "label": "Sun", "topic": "sun", "unit": "" } // far\n  },\n  "panels": [{ "label": "Sky", "items": ["sun"] }]\n}\n';
    writeFileSync(file(), mine);
    const args = ['discover', '--for', '3', '--yes', '--house', file()];
    const said = await runHometui(args, { env: { HOMETUI_URL: broker.url, HOME: folder } });
    expect([said.code, said.stderr]).toEqual([0, expect.stringContaining('settings and values of devices themselves')]);
    const usual = all.flatMap(({ expected }) => expected).filter(line => !line.startsWith('extra '));
    const house = createHouse(written());
    expect(house.sensors.size + house.words.size + house.switches.size).toBe(usual.length + 1);
    expect(Object.keys(written().clients)).toHaveLength(all.flatMap(({ devices }) => devices).length);
    const text = readFileSync(file(), 'utf8');
    for (const line of mine.split('\n')) expect(text).toContain(line.replace(/( \/\/ far|[ \]}]+)$/, ''));
    expect(text).toContain('"unit": "" }, // far\n');
    const [copy = ''] = readdirSync(folder).filter(name => name.endsWith('.bak'));
    expect(readFileSync(join(folder, copy), 'utf8')).toBe(mine);
    const again = await runHometui(args, { env: { HOMETUI_URL: broker.url, HOME: folder } });
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining('nothing was taken, nothing was written')]);
    expect(readFileSync(file(), 'utf8')).toBe(text);
  }, 30_000);

  it('an empty broker: 3, and what cannot be known; a broken file, a preset, no terminal: before it listens', async () => {
    const broker = keep(await startMosquitto());
    const env = { HOMETUI_URL: broker.url, HOME: folder };
    const nothing = await runHometui(['discover', '--for', '0.5', '--yes', '--output', file()], { env });
    expect([nothing.code, existsSync(file())]).toEqual([3, false]);
    writeFileSync(file(), '{ "name": }');
    expect((await runHometui(['discover', '--for', '60', '--yes', '--house', file()], { env })).code).toBe(78);
    expect((await runHometui(['discover', '--for', '60', '--yes', '--house', 'article'], { env })).code).toBe(64);
    expect((await runHometui(['discover', '--for', '60', '--output', join(folder, 'new')], { env })).code).toBe(64);
    expect((await runHometui(['discover', '--for', '60', '--yes'], { env })).code).toBe(64);
  });
});
