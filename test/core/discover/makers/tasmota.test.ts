import { describe, expect, it } from 'vitest';
import { readTasmota } from '../../../../src/core/discover/makers/tasmota.ts';
import { hear } from '../../../helpers/discover/recorded.ts';

type Fields = Readonly<Record<string, unknown>>;

const ROOT = 'tasmota/discovery/AABBCCDDEEFF';
const CONFIG = { ft: '%prefix%/%topic%/', t: 'plug', tp: ['cmnd', 'stat', 'tele'], dn: 'Plug', rl: [1] };
const kept = (topic: string, payload: unknown) => ({ topic, payload, retained: true as const });
const read = (config: unknown, sensors?: unknown, more: readonly string[] = []) =>
  readTasmota(
    hear({
      messages: [
        kept(`${ROOT}/config`, config),
        ...(sensors === undefined ? [] : [kept(`${ROOT}/sensors`, { sn: sensors })]),
        ...more.map(topic => kept(topic, 'x')),
      ],
    }),
  );

describe('a device', () => {
  it('is described with where it says whether it is there', () => {
    expect(read(CONFIG, undefined, ['stat/plug/POWER', 'tele/plug/LWT', 'tele/plugs/LWT'])).toMatchObject({
      devices: [
        {
          ...{ key: `tasmota ${ROOT}`, label: 'Plug', user: null, evidence: [`${ROOT}/config describes it`] },
          availabilities: [{ topic: 'tele/plug/LWT', online: ['Online'], offline: ['Offline'] }],
        },
      ],
      explained: [`${ROOT}/config`, `${ROOT}/sensors`, 'stat/plug/POWER', 'tele/plug/LWT'],
      untaken: [],
    });
  });

  it.each<[Fields, Fields]>([
    [{ dn: null }, { label: 'plug' }],
    [{ md: 'Sonoff' }, { evidence: [`${ROOT}/config describes it as Sonoff`] }],
    [{ onln: 'yes', ofln: 'no' }, { availabilities: [{ topic: 'tele/plug/LWT', online: ['yes'], offline: ['no'] }] }],
    [{ ft: '%topic%/%prefix%/%topic%' }, { availabilities: [{ topic: 'plug/tele/plug/LWT' }] }],
  ])('with %o says so', (config, expected) => {
    expect(read({ ...CONFIG, ...config }).devices).toMatchObject([expected]);
  });

  it('whose name has signs of a replacement is called as it is', () => {
    expect(read({ ...CONFIG, t: '$&' }).devices).toMatchObject([{ availabilities: [{ topic: 'tele/$&/LWT' }] }]);
  });

  it('that was taken back is none', () => {
    const explained = [`${ROOT}/config`, `${ROOT}/sensors`];
    expect(read('')).toStrictEqual({ proposals: [], devices: [], untaken: [], explained });
  });

  it.each([['x'], [{ ...CONFIG, ft: null }], [{ ...CONFIG, t: null }], [{ ...CONFIG, tp: ['cmnd', 'stat'] }]])(
    'that %o describes is told as none',
    config => {
      const why = 'it should hold the description of a Tasmota device, and does not';
      expect(read(config)).toMatchObject({ devices: [], proposals: [], untaken: [{ topic: `${ROOT}/config`, why }] });
    },
  );

  it.each([
    'discovery/AABBCCDDEEFF/config',
    `${ROOT}0/config`,
    `${ROOT}/configs`,
    'tasmota/discovery/aabbccddeeff/config',
  ])('is not described on %s', topic => {
    expect(readTasmota(hear({ messages: [kept(topic, CONFIG)] })).explained).toStrictEqual([]);
  });
});

describe('an output', () => {
  const words = { on: 'ON', off: 'OFF' };
  const power = (word: string) => ({
    ...{ kind: 'switch', command: `cmnd/plug/${word}`, feedback: `stat/plug/${word}` },
    ...{ payloads: words, answers: words },
  });

  it('alone has no number', () => {
    expect(read({ ...CONFIG, fn: ['Lamp'] }).proposals).toStrictEqual([
      {
        ...{ found: power('POWER'), label: 'Lamp', device: `tasmota ${ROOT}`, basis: 'stated', isExtra: false },
        evidence: [`${ROOT}/config lists a relay as output 1, with the words ON and OFF`],
      },
    ]);
  });

  it('alone has one where that was heard', () => {
    const found = read(CONFIG, undefined, ['stat/plug/POWER1']);
    expect(found.proposals).toMatchObject([{ found: power('POWER1') }]);
  });

  it('of several has one, counted over those that are none', () => {
    const { proposals } = read({ ...CONFIG, rl: [0, 1, 'x', 2], fn: ['A', 'B', null, 'D'] });
    expect(proposals.map(({ found, label, evidence }) => [found, label, evidence[0]])).toStrictEqual([
      [power('POWER2'), 'B', `${ROOT}/config lists a relay as output 2, with the words ON and OFF`],
      [power('POWER4'), 'D', `${ROOT}/config lists a light as output 4, with the words ON and OFF`],
    ]);
  });

  it.each<[Fields, string]>([
    [{ fn: ['Lamp'], rl: [0, 1] }, 'Lamp'],
    [{ fn: [null, 'Lamp'], rl: [1] }, 'Plug'],
    [{ fn: [], dn: 'Plug' }, 'Plug'],
    [{ dn: null }, 'POWER'],
  ])('with %o is called %s', (config, label) => {
    expect(read({ ...CONFIG, ...config }).proposals).toMatchObject([{ label }]);
  });

  it('has words of its own', () => {
    const found = read({ ...CONFIG, state: ['aus', 'an', 'um'] }).proposals[0]?.found;
    expect(found).toMatchObject({ payloads: { on: 'an', off: 'aus' }, answers: { on: 'an', off: 'aus' } });
    const empty = read({ ...CONFIG, state: [null, null] }).proposals[0]?.found;
    expect(empty).toMatchObject({ payloads: words });
  });

  it('that is a shutter is none', () => {
    const why = 'a shutter is no kind of a house file';
    expect(read({ ...CONFIG, rl: [3, 3] })).toMatchObject({
      proposals: [],
      untaken: [{ topic: `${ROOT}/config`, why }],
    });
  });
});

describe('a value', () => {
  it.each<[Fields, string, string, string]>([
    [{ DHT11: { Temperature: 20 } }, 'DHT11.Temperature', '°C', 'DHT11 temperature'],
    [{ Temperature: 20 }, 'Temperature', '°C', 'Temperature'],
    [{ A: { DewPoint: 9 }, TempUnit: 'F' }, 'A.DewPoint', '°F', 'A dew point'],
    [{ A: { Pressure: 9 } }, 'A.Pressure', 'hPa', 'A pressure'],
    [{ A: { SeaPressure: 9 }, PressureUnit: 'mmHg' }, 'A.SeaPressure', 'mmHg', 'A sea pressure'],
    [{ ENERGY: { Power: 9 } }, 'ENERGY.Power', 'W', 'Energy power'],
    [{ ENERGY: { Current: [1] } }, 'ENERGY.Current.0', 'A', 'Energy current 1'],
    [{ ANALOG: { A0: 9 } }, 'ANALOG.A0', '', 'Analog a0'],
    [{ ANALOG: { Temperature1: 9 } }, 'ANALOG.Temperature1', '°C', 'Analog temperature1'],
    [{ ANALOG: { Temperature12: 9 } }, 'ANALOG.Temperature12', '°C', 'Analog temperature12'],
    [{ A: { TemperatureX: 9 } }, 'A.TemperatureX', '', 'A temperaturex'],
    [{ A: { DewPointX: 9 } }, 'A.DewPointX', '', 'A dew pointx'],
    [{ A: { MyDewPoint: 9 } }, 'A.MyDewPoint', '', 'A my dew point'],
    [{ A: { Pressures: 9 } }, 'A.Pressures', '', 'A pressures'],
    [{ A: { B: { C: { D: { E: 9 } } } } }, 'A.B.C.D.E', '', 'A e'],
  ])('of %o', (sensors, path, unit, label) => {
    expect(read({ ...CONFIG, rl: [] }, sensors).proposals).toStrictEqual([
      {
        found: { kind: 'sensor', topic: 'tele/plug/SENSOR', path, unit },
        ...{ label, device: `tasmota ${ROOT}`, basis: 'stated', isExtra: false, every: 300 },
        evidence: [`${ROOT}/sensors lists ${path}`],
      },
    ]);
  });

  it('of several of one kind is counted from 1', () => {
    const { proposals } = read(
      { ...CONFIG, rl: [] },
      { ENERGY: { Voltage: [230, ...Array.from({ length: 10 }, () => 1)] } },
    );
    expect(proposals.map(({ label }) => label).at(-1)).toBe('Energy voltage 11');
  });

  it('in % is a share of a hundred', () => {
    const [proposal] = read({ ...CONFIG, rl: [] }, { A: { Humidity: 40 } }).proposals;
    expect(proposal?.found).toMatchObject({ unit: '%', range: { min: 0, max: 100 } });
  });

  it.each<Fields>([
    { Time: 5, TempUnit: 5, PressureUnit: 5, SpeedUnit: 5 },
    { A: { Id: 5 } },
    { A: { TotalStartTime: 5 } },
    { A: 'text', B: null },
    { A: { B: { C: { D: { E: { F: 1 } } } } } },
  ])('%o is none', sensors => {
    expect(read({ ...CONFIG, rl: [] }, sensors).proposals).toStrictEqual([]);
  });
});
