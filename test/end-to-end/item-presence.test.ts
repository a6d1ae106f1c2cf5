import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMosquitto } from '../helpers/brokers/mosquitto.ts';
import { closeAfterEach } from '../helpers/close-after-each.ts';
import { PROGRAM, runHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';
import { startInPty } from '../helpers/terminal/pty.ts';

const mosquitto = requireProgram('mosquitto');

/** What a gateway tells Home Assistant of a lamp and a valve, of each with where it says whether it is there. */
const device = { identifiers: ['gw'], name: 'Gateway' };
const KEPT: Readonly<Record<string, unknown>> = {
  'homeassistant/switch/gw_lamp/config': {
    ...{ name: 'Lamp', unique_id: 'gw_lamp', command_topic: 'gw/lamp/set', state_topic: 'gw/lamp', device },
    ...{ payload_on: 'on', payload_off: 'off' },
    ...{ availability: [{ topic: 'gw/bridge' }, { topic: 'gw/lamp/here' }], availability_mode: 'all' },
  },
  'homeassistant/sensor/gw_valve/config': {
    ...{ name: 'Valve', unique_id: 'gw_valve', state_topic: 'gw/valve', unit_of_measurement: '%', device },
    ...{ availability: [{ topic: 'gw/bridge' }, { topic: 'gw/valve/here' }], availability_mode: 'all' },
  },
  'gw/bridge': 'online',
  'gw/lamp/here': 'online',
  'gw/valve/here': 'offline',
  'gw/lamp': 'on',
  'gw/valve': '40',
};

const headlineOf = (screen: string): string => screen.split('\n')[1] ?? '';

describe.runIf(mosquitto !== null)('a gateway that says of each of its entities whether it is there', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hometui-presence-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  // What is opened ends before its folder goes: the hook that is told last is called first.
  const keep = closeAfterEach();

  it('is one client in the file that discover makes, and what is gone of it is offline, and nothing else', async () => {
    const broker = keep(await startMosquitto());
    const gateway = await connectAsync(broker.url);
    keep({ close: () => gateway.endAsync() });
    for (const [topic, payload] of Object.entries(KEPT)) {
      const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
      await gateway.publishAsync(topic, text, { retain: true, qos: 1 });
    }
    const env = { HOME: folder, XDG_STATE_HOME: folder };
    const file = join(folder, 'house.json');
    const where = ['-L', broker.url];
    const made = await runHometui(['discover', '--for', '2', '--yes', '--output', file, ...where], { env });
    expect(made.code).toBe(0);
    const shown = await runHometui(['house', 'show', file], { env });
    expect(shown.stdout).toMatch(/Valve .*gw\/valve\/here says whether it is there/);
    expect(shown.stdout).toMatch(/Clients\n {2}Gateway .*gw\/bridge .*serves Lamp, Valve/);
    const status = await runHometui(['status', '--house', file, ...where, '-F', 'json', '-t', '2'], { env });
    const { overall, reasons, sensors, switches } = JSON.parse(status.stdout);
    const why = 'it is offline: "offline" was said on gw/valve/here, retained: since when is unknown';
    expect(sensors.valve).toMatchObject({ value: 40, freshness: 'offline', reason: why });
    expect(switches.lamp).toMatchObject({ state: 'on', freshness: 'retained' });
    expect([overall, status.code]).toEqual(['critical', 2]);
    expect(reasons[0]).toBe(`Valve: ${why}`);

    const options = { args: [PROGRAM, '--house', file, ...where], env };
    const console = keep(await startInPty(process.execPath, options));
    // What is retained comes before the link is called up: only what comes after that is of now.
    await console.waitFor(
      screen =>
        /✗ Valve +40\.0 % offline/.test(screen) && /Lamp .*was on/.test(screen) && screen.includes('✓ connected to'),
    );
    await gateway.publishAsync('gw/lamp', 'on');
    await gateway.publishAsync('gw/valve/here', 'online', { retain: true });
    await gateway.publishAsync('gw/valve', '41');
    await console.waitFor(
      screen => /Valve +41/.test(screen) && headlineOf(screen).includes('The value and 1 client are live'),
    );
    console.write('q');
    expect((await console.exit).code).toBe(0);
  }, 60_000);
});
