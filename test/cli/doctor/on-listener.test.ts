import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { onListener } from '../../../src/cli/doctor/on-listener.ts';
import { parseBrokerConf } from '../../../src/core/mosquitto/broker-conf.ts';
import { listenersOf } from '../../../src/core/mosquitto/conf/listeners.ts';
import { parseConnectionOptions } from '../../../src/io/mqtt-options/mqtt-options.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-listener-'));
  writeFileSync(join(folder, 'ca.crt'), 'A CERTIFICATE');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function there(conf: string) {
  const [listener] = listenersOf(parseBrokerConf(conf, 'conf'));
  const login = parseConnectionOptions({ host: 'raspberrypi', user: 'heating', password: 'x', id: 'me' }, Math.random);
  if (listener === undefined || !login.ok) throw new Error('the test is broken');
  return onListener(login.value, listener, folder);
}

describe('a login on another listener of the same broker', () => {
  it.each([
    ['listener 1884', 'mqtt://raspberrypi:1884'],
    ['listener 1884 localhost', 'mqtt://raspberrypi:1884'],
    ['listener 1884 10.0.0.7', 'mqtt://10.0.0.7:1884'],
    ['listener 1884 0.0.0.0', 'mqtt://127.0.0.1:1884'],
    ['listener 1884 ::', 'mqtt://[::1]:1884'],
    ['listener 9001\nprotocol websockets', 'ws://raspberrypi:9001'],
    ['listener 8883\ncafile ca.crt\ncertfile server.crt', 'mqtts://raspberrypi:8883'],
  ])('is made at the address of %j, under a client identifier of its own', (conf, url) => {
    const login = there(conf);
    expect(login.ok && login.value.session).toMatchObject({ url, user: 'heating' });
    expect(login.ok && login.value.session.clientId).toBe(`me-${login.ok ? login.value.session.port : ''}`);
  });

  it('trusts the authority of that listener, and needs no name in its certificate', () => {
    expect(there('listener 8883\ncafile ca.crt\ncertfile server.crt')).toMatchObject({
      value: { tls: { ca: 'A CERTIFICATE', checksName: false } },
    });
  });

  it.each([
    ['listener 0 /run/mosquitto.sock', 'it is a Unix socket'],
    ['listener 8883\ncertfile server.crt', 'the authority of its certificate is not known'],
    ['listener 8883\ncafile none.crt\ncertfile server.crt', 'the authority of its certificate is not known'],
  ])('is not made at %j', (conf, why) => {
    expect(there(conf)).toMatchObject({ ok: false, error: expect.stringContaining(why) });
  });
});
