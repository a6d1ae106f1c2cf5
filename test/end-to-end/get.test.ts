import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, type Mosquitto } from '../helpers/brokers/mosquitto.ts';
import { articlePasswords, startArticleBroker, startDevice, type TestDevice } from '../helpers/house/article-house.ts';
import { type Ended, runHometui } from '../helpers/program/hometui.ts';
import { requireProgram } from '../helpers/require-program.ts';

const mosquitto = requireProgram('mosquitto');

describe.runIf(mosquitto !== null)('hometui get, built, on a real mosquitto', () => {
  let broker: Mosquitto;
  let heating: TestDevice;
  const get = (args: readonly string[], password = articlePasswords.monitor): Promise<Ended> =>
    runHometui(['get', '-L', broker.url, '-u', 'monitor', ...args], { env: { HOMETUI_PASSWORD: password } });

  beforeAll(async () => {
    broker = await startArticleBroker('log_type all\n');
    heating = await startDevice(broker.url, 'heating', ['heating/pump', 'heating/burner']);
    await heating.client.publishAsync('heating/flow', '54.30', { retain: true });
    await heating.client.publishAsync('heating/pump/done', 'on', { retain: true });
  });
  afterAll(async () => {
    await heating?.close();
    await broker?.close();
  });

  it('gives the retained value at once, and says in the exit code that it is', async () => {
    expect(await get(['flow'])).toEqual({ code: 1, stdout: '54.3\n', stderr: '' });
    expect(await get(['FLOW', '--any'])).toEqual({ code: 0, stdout: '54.3\n', stderr: '' });
    const { code, stdout } = await get(['flow', 'pump', '--format', 'json']);
    const lines = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(code).toBe(1);
    expect(lines.map(({ id, value, freshness }) => [id, value, freshness])).toEqual([
      ['flow', 54.3, 'retained'],
      ['pump', 'on', 'retained'],
    ]);
  });

  it('waits for the first live value', async () => {
    const asked = get(['return', 'pump', '--any', '--timeout', '30']);
    await broker.waitForLog(/heating\/return \(QoS 1\)/);
    await heating.client.publishAsync('heating/return', '41');
    expect(await asked).toEqual({ code: 0, stdout: 'return 41\npump on\n', stderr: '' });
  });

  it('subscribes to nothing but what it was asked for', async () => {
    const before = broker.readLog().length;
    await get(['pump']);
    const log = broker.readLog().slice(before);
    expect(log.match(/^\S+ \t.*$/gm)?.map(line => line.replace(/^\S+ \t/, ''))).toEqual(['heating/pump/done (QoS 1)']);
  });

  it('says what was not heard in time, and why there can be no answer', async () => {
    const silent = await get(['humidity', '--timeout', '0.3']);
    expect(silent).toMatchObject({ code: 3, stdout: '' });
    expect(silent.stderr).toMatch(/^hometui: Humidity: never received yet on cellar\/humidity/);
    expect(await get(['flow'], 'wrong')).toMatchObject({ code: 77, stdout: '' });
    const unknown = await get(['flwo']);
    expect(unknown.code).toBe(64);
    expect(unknown.stderr).toContain('Did you mean flow?');
    const nobody = await runHometui(['get', 'flow', '-p', String(await freePort())]);
    expect(nobody).toMatchObject({ code: 69, stdout: '' });
  });
});
