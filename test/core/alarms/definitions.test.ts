import { describe, expect, it } from 'vitest';
import { builtInAlarms } from '../../../src/core/alarms/definitions.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { connected, emptyHome, message, START, tick, withEvents } from '../../helpers/ui/home.ts';

const EMPTY = { name: 'H', sensors: {}, switches: {}, clients: {}, panels: [] };
const houseOf = (groups: object): HouseConfig => ({ ...EMPTY, ...groups }) as unknown as HouseConfig;
const alarmsOf = (groups: object) => builtInAlarms(createHouse(houseOf(groups)));
const idsOf = (groups: object) => alarmsOf(groups).map(({ id }) => id);
const sensor = { label: 'S', topic: 's', unit: '', every: 5 };
const BROKER = ['broker', 'acl', 'denial', 'login'];

describe('the alarms that each house has', () => {
  it('are about its broker at least', () => {
    expect(
      alarmsOf({}).map(({ id, priority, onDelayMs, offDelayMs }) => [id, priority, onDelayMs, offDelayMs]),
    ).toEqual([
      ['broker', 'alarm', 30_000, 60_000],
      ['acl', 'alarm', 0, 60_000],
      ['denial', 'warning', 0, 60_000],
      ['login', 'warning', 0, 60_000],
    ]);
  });

  it.each<[string, object, readonly string[]]>([
    ['a client', { clients: { box: { publishes: [] } } }, ['box-silent']],
    ['a sensor', { sensors: { s: sensor } }, ['s-stale']],
    [
      'a sensor of which nothing says how often it speaks',
      { sensors: { s: { ...sensor, every: undefined } } },
      ['s-stale'],
    ],
    [
      'the limits of a sensor',
      { sensors: { s: { ...sensor, warning: { low: 1, high: 2 }, critical: { low: 0, high: 3 } } } },
      ['s-high', 's-too-high', 's-low', 's-too-low', 's-stale'],
    ],
    ['one limit', { sensors: { s: { ...sensor, critical: { low: 0 } } } }, ['s-too-low', 's-stale']],
    ['a state', { states: { w: { label: 'W', topic: 'w' } } }, []],
    ['a state with a pace', { states: { w: { label: 'W', topic: 'w', every: 5 } } }, ['w-stale']],
    ['a state that expires', { states: { w: { label: 'W', topic: 'w', expireAfter: 5 } } }, ['w-stale']],
    ['a switch', { switches: { l: { label: 'L', command: 'c', feedback: 'f', on: '1', off: '0' } } }, ['l-elsewhere']],
    ['a switch that never answers', { switches: { l: { label: 'L', command: 'c', on: '1', off: '0' } } }, []],
  ])('of %s', (_, groups, ids) => {
    expect(idsOf(groups)).toEqual([BROKER[0], ...BROKER.slice(1), ...ids]);
  });

  it('say what they are about, how grave it is, and what to do', () => {
    const groups = {
      sensors: { s: { ...sensor, unit: '°C', warning: { high: 2 }, critical: { low: 0 } } },
      switches: { l: { label: 'Lamp', command: 'c', feedback: 'f', on: '1', off: '0' } },
      clients: { box: { label: 'Box', publishes: ['s'] } },
    };
    const told = alarmsOf(groups)
      .slice(4)
      .map(({ label, priority, cure, about }) => [label, priority, cure, ...about]);
    expect(told).toEqual([
      ['Box is silent', 'warning', 'Look at its power and its network', 'box'],
      ['S above 2.0 °C', 'warning', null, 's'],
      ['S below 0.0 °C', 'alarm', null, 's'],
      ['S is silent or unreadable', 'warning', 'Look at the sensor and its wires', 's'],
      [
        'Lamp is not where it was told to be',
        'warning',
        'Look at the device: it got the command and says otherwise',
        'l',
      ],
    ]);
    expect(
      alarmsOf(groups)
        .map(({ condition: { looksAt } }) => looksAt)
        .slice(4),
    ).toEqual([
      { clients: ['box'] },
      ...[
        { items: ['s'], clients: ['box'] },
        { items: ['s'], clients: ['box'] },
        { items: ['s'], clients: ['box'] },
      ],
      { items: ['l'] },
    ]);
  });
});

describe('a limit is left when the value came back', () => {
  const judge = (more: object, value: string) => {
    const groups = { sensors: { s: { ...sensor, warning: { high: 50 }, ...more } } };
    const home = withEvents(
      emptyHome(houseOf(groups)),
      connected(START),
      message(START + 1, 's', value),
      tick(START + 100),
    );
    const [alarm] = alarmsOf(groups).slice(4);
    return alarm?.condition.judge(null, home, true).kind;
  };

  it.each<[string, object, string, string]>([
    ['by 1 °C', { unit: '°C' }, '49.1', '49'],
    ['by 1 K', { unit: 'K' }, '49.1', '49'],
    ['by 2 °F', { unit: '°F' }, '48.1', '48'],
    ['by 2 %', { unit: '%' }, '48.1', '48'],
    ['by a hundredth of its scale', { unit: 'W', range: { min: -100, max: 300 } }, '46.1', '46'],
    ['by a hundredth of the limit', { unit: 'W' }, '49.6', '49.5'],
    ['by a hundredth of a limit below zero', { unit: 'W', warning: { high: -50 } }, '-50.4', '-50.5'],
  ])('%s', (_, more, before, over) => {
    expect([judge(more, before), judge(more, over)]).toEqual(['so', 'not-so']);
  });

  it('and is not raised beside a graver one', () => {
    const groups = { sensors: { s: { ...sensor, warning: { high: 50 }, critical: { high: 60 } } } };
    const home = withEvents(
      emptyHome(houseOf(groups)),
      connected(START),
      message(START + 1, 's', '61'),
      tick(START + 100),
    );
    expect(
      alarmsOf(groups)
        .slice(4, 6)
        .map(({ condition }) => condition.judge(null, home, false).kind),
    ).toEqual(['unwatched', 'so']);
  });
});
