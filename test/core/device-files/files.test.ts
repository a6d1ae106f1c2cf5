import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { deviceFiles } from '../../../src/core/device-files/files.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { presets } from '../../../src/core/house/presets.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { setupUsers } from '../../../src/core/mosquitto/setup/users.ts';
import { requireProgram } from '../../helpers/require-program.ts';

const python = requireProgram('python3');
const cc = requireProgram('cc', 'gcc');
const article = presets.article as HouseConfig;
const ROLES = { viewers: ['wall panel/ü'], operators: ['monitor'], masters: ['master'] };
const SEAL_KEY = '0f'.repeat(32);
const PASSWORD = 'pä"ß\\w: ??/🏠';

function filesOf(config: HouseConfig, known = (_: string): boolean => true): ReadonlyMap<string, string> {
  const house = createHouse(config);
  const users = setupUsers(house, ROLES);
  const passwords = new Map(users.filter(({ name }) => known(name)).map(({ name }) => [name, PASSWORD]));
  const files = deviceFiles(house, users, {
    host: '192.0.2.7',
    port: 1883,
    passwords,
    sealKeys: new Map([['heating', SEAL_KEY]]),
  });
  return new Map(files.map(({ name, content }) => [name, new TextDecoder().decode(content)]));
}

function run(program: string | null, words: readonly string[], input: string): string {
  const { status, stderr, stdout } = spawnSync(program ?? '', words, { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${stderr}\n${input}`);
  return stdout;
}

describe('deviceFiles', () => {
  it('are five for each device that measures and switches as in the article, and one for each person', () => {
    const names = ['settings.py', 'main.py', 'settings.h', 'tasmota.txt', 'esphome.yaml'];
    expect([...filesOf(article).keys()]).toEqual([
      ...['heating', 'dhtclient'].flatMap(id => names.map(name => `devices/${id}/${name}`)),
      ...['wall.20panel.2f.fc', 'monitor', 'master'].map(name => `devices/people/${name}.txt`),
    ]);
  });

  it('are for a device that seals its program, its settings, and what it seals with', () => {
    const { heating, ...others } = article.clients;
    const clients = { ...others, heating: { ...heating, sealed: true } } as HouseConfig['clients'];
    const all = filesOf({ ...article, clients });
    const own = [...all].filter(([name]) => name.startsWith('devices/heating/'));
    const names = ['settings.py', 'main.py', 'seal.py', 'seal_key.py'];
    expect(own.map(([name]) => name)).toEqual(names.map(name => `devices/heating/${name}`));
    expect(all.get('devices/heating/seal_key.py')).toContain(`binascii.unhexlify("${SEAL_KEY}")`);
    expect(all.get('devices/heating/main.py')).toMatch(/SEAL\.seal\(value\[0\][\s\S]*|SEAL\.open\(command, payload\)/);
    expect(all.get('devices/dhtclient/main.py')).not.toContain('SEAL');
  });

  it('are none for whom the password is not known', () => {
    const names = [...filesOf(article, name => name !== 'heating' && name !== 'master').keys()];
    expect(names.filter(name => /heating|master/.test(name))).toEqual([]);
  });

  it.each([
    ['with another sensor', { sensors: { ...article.sensors, flow: { ...article.sensors.flow, path: 'a' } } }],
    [
      'that answers in other words',
      { switches: { ...article.switches, pump: { ...article.switches.pump, answers: { on: ['1'] } } } },
    ],
    ['with a third value', { clients: { heating: { publishes: ['flow', 'return', 'temperature', 'pump'] } } }],
    ['without a relay', { clients: { heating: { publishes: ['flow', 'return'] } } }],
  ])('have no program for a device %s', (_, change) => {
    const names = [...filesOf({ ...article, ...change } as HouseConfig).keys()];
    expect(names).not.toContain('devices/heating/main.py');
    expect(names).toContain('devices/heating/settings.py');
  });

  const strange: HouseConfig = {
    ...article,
    sensors: { ...article.sensors, flow: { label: 'Fluß "1"', topic: 'hei"zung/\\ü/flow', unit: '' } },
    switches: {
      ...article.switches,
      pump: { label: 'P', command: "a'b", feedback: 'ü??/x', on: '"an"', off: '%s', key: 'p' },
    },
  };
  const houses = [...Object.entries(presets), ['strange', strange] as const];

  it.runIf(python !== null)('are Python', () => {
    const all = houses.flatMap(([, config]) => [...filesOf(config)]).filter(([name]) => name.endsWith('.py'));
    for (const [, text] of all) run(python, ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'], text);
    const settings = filesOf(article).get('devices/heating/settings.py') ?? '';
    const said = run(python, ['-'], `${settings}\nprint(PASSWORD.decode().encode().hex(), KEEPALIVE)`);
    expect(said.trim()).toBe(`${Buffer.from(PASSWORD).toString('hex')} 30`);
  });

  it.runIf(cc !== null)('are C', () => {
    const all = houses.flatMap(([, config]) => [...filesOf(config)]).filter(([name]) => name.endsWith('.h'));
    expect(all.length).toBeGreaterThan(2);
    for (const [, text] of all) {
      const password = 'static const char *password(void) { return MQTT_PASSWORD MQTT_HOST MQTT_CLIENT_ID; }';
      run(
        cc,
        ['-std=c99', '-trigraphs', '-fsyntax-only', '-x', 'c', '-'],
        `${text.replace('#pragma once', '')}\n${password}\n`,
      );
    }
  });

  it('say the password to a person as it is', () => {
    expect(filesOf(article).get('devices/heating/tasmota.txt')).toContain(`\nMqttPassword ${PASSWORD}\n`);
    expect(filesOf(article).get('devices/people/master.txt')).toContain(`\n  Password   ${PASSWORD}\n`);
  });
});
