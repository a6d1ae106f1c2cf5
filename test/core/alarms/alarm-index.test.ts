import { describe, expect, it } from 'vitest';
import { indexAlarms, touchedBy } from '../../../src/core/alarms/alarm-index.ts';
import type { AlarmDefinition, LooksAt } from '../../../src/core/alarms/condition.ts';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { emptyHome, message, START, tick } from '../../helpers/ui/home.ts';

const config: HouseConfig = {
  name: 'H',
  sensors: { temp: { label: 'T', topic: 't', unit: '' }, lone: { label: 'L', topic: 'lone', unit: '' } },
  switches: { lamp: { label: 'Lamp', command: 'c', feedback: 'f', on: '1', off: '0', key: 'l' } },
  clients: { box: { publishes: ['temp', 'lamp'], availability: { topic: 'here' } } },
  panels: [],
};
const home = emptyHome(config);
const looking: readonly LooksAt[] = [
  { items: ['temp'], clients: ['box'] },
  { clients: ['box'] },
  { broker: true },
  { ticks: true, items: ['lone'] },
  { items: ['lamp', 'temp'] },
];
const definitions = looking.map(
  (looksAt, place): AlarmDefinition => ({
    ...{
      id: `a${place}`,
      label: '',
      priority: 'note',
      onDelayMs: 0,
      offDelayMs: 0,
      cure: null,
      tell: null,
      source: null,
    },
    ...{
      about: [],
      isLatched: false,
      condition: { looksAt, start: () => null, judge: () => ({ kind: 'not-so', value: null }) },
    },
  }),
);
const index = indexAlarms(definitions, home.house);
const touched = (event: HomeEvent, after: Partial<HomeState> = {}, isCalm = false) => {
  const { step, judge } = touchedBy({ event, before: home, after: { ...home, ...after } }, index, () => isCalm);
  return [step, judge];
};
const event = (type: string, more: object = {}) => ({ type, at: START, ...more }) as unknown as HomeEvent;

describe('a message', () => {
  it.each<[string, readonly number[], readonly number[]]>([
    ['t', [0, 4], [0, 4, 1]],
    ['lone', [3], [3]],
    ['f', [4], [4, 1]],
    ['here', [], [0, 1]],
    ['x', [], []],
  ])('on %s touches those that look at it', (topic, step, judge) => {
    expect(touched(message(START, topic, '1'))).toEqual([step, judge]);
  });

  it('of a client that is known to speak says nothing new of that', () => {
    expect(touched(message(START, 't', '1'), {}, true)).toEqual([
      [0, 4],
      [0, 4],
    ]);
    expect(touched(message(START, 'here', '1'), {}, true)).toEqual([[], [0, 1]]);
  });
});

it.each<[string, object, readonly number[], readonly number[]]>([
  ['ticked', {}, [3], [3]],
  ['value-recalled', { sensorId: 'temp' }, [0, 4], [0, 4]],
  ['value-recalled', { sensorId: 'x' }, [], []],
  ['log-line-read', {}, [], []],
  ['switch-requested', {}, [], []],
  ['verdict-noted', { switchId: 'relay' }, [], []],
  ['alarms-changed', {}, [], []],
  ['acl-read', {}, [], []],
  ['link-changed', {}, [0, 1, 2, 3, 4], [0, 1, 2, 3, 4]],
  ['time-skipped', {}, [0, 1, 2, 3, 4], [0, 1, 2, 3, 4]],
  ['house-changed', {}, [0, 1, 2, 3, 4], [0, 1, 2, 3, 4]],
])('%s with %o touches what may be otherwise', (type, more, step, judge) => {
  expect(touched(event(type, more))).toEqual([step, judge]);
});

describe('what changes besides what an event is about', () => {
  it.each<[string, Partial<HomeState>, readonly number[]]>([
    ['a denial', { denials: [...home.denials] }, [2]],
    ['the broker', { broker: { ...home.broker } } as Partial<HomeState>, [2]],
    ['a switch', { switches: { ...home.switches } }, [4]],
    ['both', { denials: [...home.denials], switches: { ...home.switches } }, [2, 4]],
  ])('%s is judged, too', (_, after, places) => {
    expect(touched(event('switch-requested'), after)).toEqual([[], places]);
    expect(touched(tick(START), after)).toEqual([[3], [3, ...places]]);
    expect(touched(event('acl-read'), after)).toEqual([[], []]);
  });

  it('in the log is that a client came or is gone', () => {
    expect(touched(event('log-line-read'), { clients: { ...home.clients } })).toEqual([[], [0, 1]]);
  });
});
