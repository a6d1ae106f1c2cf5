import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mosquitto, startMosquitto } from '../helpers/brokers/mosquitto.ts';
import { kindsHouse } from '../helpers/house/kinds-house.ts';
import { type Ended, runHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');
const passwords = { master: 'retsam', boiler: 'reliob' };
const acl = `user master
topic readwrite #

user boiler
topic readwrite #
`;

describe.runIf(mosquitto !== null)('a house with one of each kind, built, on a real mosquitto', () => {
  let broker: Mosquitto;
  let device: MqttClient;
  let folder: string;
  const run = (...args: readonly string[]): Promise<Ended> =>
    runHometui([...args, '-L', broker.url, '-u', 'master', '--house', join(folder, 'house.json')], {
      env: { HOMETUI_PASSWORD: passwords.master },
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hometui-kinds-'));
    await writeFile(join(folder, 'house.json'), JSON.stringify(kindsHouse));
    broker = await startMosquitto({ acl, passwords });
    device = await connectAsync(broker.url, { username: 'boiler', password: passwords.boiler });
    await device.subscribeAsync(['heater/target/set', 'heater/mode/set', 'heater/restart', 'lamp/set']);
    device.on('message', (topic, payload) => {
      if (topic === 'heater/restart') return;
      const answer = topic === 'lamp/set' ? 'lamp/state' : topic.replace('/set', '');
      device.publish(answer, payload, { retain: true });
    });
    await device.publishAsync('heater/target', '20', { retain: true });
    await device.publishAsync('heater/mode', 'auto', { retain: true });
    await device.publishAsync('door/contact', 'open', { retain: true });
    await device.publishAsync('plug/state', '{"1-0:16.7.0": 1234}', { retain: true });
  });
  afterAll(async () => {
    await device?.endAsync();
    await broker?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    [['set', 'target', '21.5'], 'Target 21.5 °C: confirmed in'],
    [['set', 'mode', 'HEAT'], 'Mode heat: confirmed in'],
    [['set', 'target=19', 'mode=off', 'lamp=on'], 'Lamp on: confirmed in'],
  ])('%j is confirmed by the device', async (args, said) => {
    const { code, stdout } = await run(...args);
    expect(stdout).toContain(said);
    expect(code).toBe(0);
  });

  it('sends what the template makes of a word', async () => {
    const { stdout } = await run('set', 'lamp', 'off', '--dry-run', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({
      payload: '{"state":"OFF"}',
      command: 'lamp/set',
      feedback: 'lamp/state',
    });
  });

  it('does not call a button confirmed that gives no feedback', async () => {
    const { code, stdout } = await run('set', 'restart', 'press', '--yes');
    expect(stdout).toMatch(
      /^Restart press: not confirmed, the broker took it, and nothing tells whether boiler did it/,
    );
    expect(code).toBe(75);
  });

  it.each([
    [['set', 'target', '99'], '99 °C is more than the 30 °C that it goes up to'],
    [['set', 'target', 'toggle'], '"toggle" is not a number'],
    [['set', 'mode', 'cool'], '"cool" is none of auto, heat, off'],
  ])('%j is refused before anything is sent', async (args, why) => {
    const { code, stderr } = await run(...args);
    expect(stderr).toContain(why);
    expect(code).toBe(64);
  });

  it('gives their values', async () => {
    expect(await run('get', 'power')).toEqual({ code: 0, stdout: '123.4\n', stderr: '' });
    expect(await run('get', 'door', '--any')).toEqual({ code: 0, stdout: 'open\n', stderr: '' });
    const { stdout } = await run('status', '--format', 'json', '--only', 'target,mode,door,power', '-t', '3');
    const { items, sensors } = JSON.parse(stdout);
    expect(Object.keys(items)).toEqual(['door', 'target', 'mode']);
    expect(items.door).toMatchObject({ kind: 'binary', value: 'open', word: 'on', freshness: 'retained' });
    expect(sensors.power).toMatchObject({ value: 123.4, freshness: 'retained' });
  });
});
