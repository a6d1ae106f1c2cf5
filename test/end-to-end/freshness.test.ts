import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presets } from '../../src/core/house/presets.ts';
import { type Mosquitto, startMosquitto } from '../helpers/brokers/mosquitto.ts';
import {
  articlePasswords,
  startDevice,
  type TestDevice,
  wellCellar,
  wellHeating,
} from '../helpers/house/article-house.ts';
import { builtProgram } from '../helpers/program/built-program.ts';
import { runHometui, startHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';

const program = requireProgram('mosquitto');

/** Monitor may read all but the return temperature; the cellar sends no humidity, which monitor might read. */
const ACL = `user heating
topic write heating/#
user dhtclient
topic write cellar/#
topic write homie/#
user monitor
topic read heating/flow
topic read heating/+/done
topic read cellar/#
topic read homie/#
user stranger
topic read elsewhere/#
`;

describe.runIf(program !== null)('what never comes, and why, on a real mosquitto', () => {
  let broker: Mosquitto;
  const devices: TestDevice[] = [];
  const env = (user: string) => ({ HOMETUI_URL: broker.url, HOMETUI_USER: user, HOMETUI_PASSWORD: user });

  beforeAll(async () => {
    builtProgram();
    const passwords = { ...articlePasswords, monitor: 'monitor', stranger: 'stranger' };
    broker = await startMosquitto({ acl: ACL, passwords });
    const heating = await startDevice(broker.url, 'heating', []);
    const cellar = await startDevice(broker.url, 'dhtclient', []);
    heating.speak(wellHeating);
    cellar.speak({ 'cellar/temperature': wellCellar['cellar/temperature'] });
    devices.push(heating, cellar);
  });

  afterAll(async () => {
    for (const device of devices) await device.close();
    await broker.close();
  });

  async function status(user: string, ...more: string[]) {
    const { code, stdout } = await runHometui(['status', '--format', 'json', '-t', '6', ...more], { env: env(user) });
    return { code, ...JSON.parse(stdout) };
  }

  it('names both causes without the ACL file', async () => {
    const { code, sensors, clients } = await status('monitor');
    expect(clients.heating.freshness).toBe('live');
    expect(sensors.return).toMatchObject({
      value: null,
      freshness: 'waiting',
      reason: 'never received: monitor may not read heating/return, or heating does not send it',
    });
    expect(sensors.humidity.reason).toBe(
      'never received: monitor may not read cellar/humidity, or dhtclient does not send it',
    );
    expect(code).toBe(1);
  });

  it('names the one that it is with the ACL file, and its line', async () => {
    const { sensors } = await status('monitor', '--acl', broker.aclFile);
    expect(sensors.return.reason).toBe(
      `never received: the ACL does not let monitor read heating/return (${broker.aclFile}, no line grants it)`,
    );
    expect(sensors.humidity.reason).toBe(
      `never received: dhtclient does not send cellar/humidity, or the broker denies it; the ACL would let monitor read it (${broker.aclFile}:9)`,
    );
  });

  it('says of a client that is not heard at all whether it may be', async () => {
    const blind = await status('stranger', '--acl', broker.aclFile);
    expect(blind.clients.heating.reason).toMatch(
      /^never heard on heating\/flow, heating\/return in \d+ s: the ACL does not let stranger read it \(.*acl, no line grants it\)$/,
    );
    expect(blind.code).toBe(3);
    devices[0]?.fallSilent();
    try {
      const silent = await status('monitor', '--acl', broker.aclFile);
      expect(silent.clients.heating.reason).toContain(
        `it may be off or publish elsewhere; the ACL would let monitor hear it (${broker.aclFile}:7)`,
      );
    } finally {
      devices[0]?.speak(wellHeating);
    }
  });

  it('follows a Homie device by its $state', async () => {
    const house = presets.article;
    if (house === undefined) throw new Error('the preset is gone');
    const cellar = { ...house.clients.dhtclient, availability: { topic: 'homie/cellar/$state' } };
    const file = join(broker.folder, 'house.json');
    writeFileSync(file, JSON.stringify({ ...house, clients: { ...house.clients, dhtclient: cellar } }));
    const watch = startHometui(['watch', '--house', file, '--format', 'json'], { env: env('monitor') });
    try {
      await watch.waitFor(/"type":"sensor".*"id":"temperature"/);
      devices[1]?.fallSilent();
      await devices[1]?.client.publishAsync('homie/cellar/$state', 'lost', { qos: 1, retain: true });
      await watch.waitFor(/dhtclient is offline: it said \\"lost\\" on homie\/cellar\/\$state/);
      const code = await runHometui(['status', '--house', file, '-t', '1'], { env: env('monitor') });
      expect(code.stdout.replace(/\s+/g, ' ')).toContain(
        'dhtclient is offline: it said "lost" on homie/cellar/$state, retained: since when is unknown',
      );
      expect(code.code).toBe(2);
      await devices[1]?.client.publishAsync('homie/cellar/$state', 'ready', { qos: 1, retain: true });
      devices[1]?.speak({ 'cellar/temperature': '14.2' });
      await watch.waitFor(/dhtclient is live again/);
    } finally {
      watch.child.kill('SIGTERM');
      await watch.ended;
    }
  });
});
