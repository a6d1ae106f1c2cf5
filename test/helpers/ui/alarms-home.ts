import type { AlarmBook, AlarmState } from '../../../src/core/home/alarms/alarm.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { connected, emptyHome, livingHome, message, START, tick, withEvents } from './home.ts';

const MINUTE = 60_000;

/** An alarm that is not so, as it is watched. */
export const calmAlarm = (id: string, label: string, changes: Partial<AlarmState> = {}): AlarmState => ({
  ...{ id, label, priority: 'warning', cure: null, tell: null, source: null, about: [], phase: 'normal' },
  ...{ dueSince: null, quietSince: null, raisedAt: null, returnedAt: null, acknowledgedAt: null, acknowledgedBy: null },
  ...{ raisedValue: null, value: null, detail: null, unwatched: null, shelf: null, order: 0, count: 0, times: [] },
  ...{ isHeld: false, mark: null },
  ...changes,
});

/** A book of alarms. */
export function bookOf(alarms: readonly AlarmState[], changes: Partial<AlarmBook> = {}): AlarmBook {
  return {
    alarms: new Map(alarms.map(alarm => [alarm.id, alarm])),
    ...{ total: 14, unwatched: [], flood: null, revision: 1, source: 'daemon' },
    ...changes,
  };
}

const AT = START + 12 * MINUTE;

/** The one that is raised when the others of `alarmsHome` stand already. */
export const tooHot = calmAlarm('flow-too-high', 'Flow above 75 °C', {
  priority: 'alarm',
  cure: 'Switch the burner off at its own switch, and look whether the pump runs',
  about: ['flow'],
  ...{ phase: 'active', raisedAt: AT - 4 * MINUTE, order: 4, count: 1, raisedValue: '76.2 °C', value: '78.9 °C' },
  detail: '78.9 °C, the limit is 75.0 °C',
});

/** Twelve minutes of the article's house, with one alarm in each of the ways that there are. */
export function alarmsHome(changes: Partial<AlarmBook> = {}): HomeState {
  const alarms = [
    calmAlarm('dhtclient-silent', 'DHT client is silent', {
      ...{ about: ['dhtclient'], phase: 'acknowledged', raisedAt: AT - 90 * MINUTE, order: 2, count: 1 },
      ...{ acknowledgedAt: AT - 80 * MINUTE, acknowledgedBy: 'master' },
      ...{ detail: 'nothing was heard for 42 s; its cadence is 5.0 s', cure: 'Look at its power and its network' },
    }),
    calmAlarm('flow-high', 'Flow above 70 °C', {
      ...{ phase: 'returned', raisedAt: AT - 26 * 60 * MINUTE, returnedAt: AT - 25 * 60 * MINUTE, order: 1, count: 3 },
      ...{ raisedValue: '70.4 °C', value: '54.0 °C', about: ['flow'] },
    }),
    tooHot,
    calmAlarm('return-low', 'Return below 20 °C', {
      ...{ phase: 'active', raisedAt: AT - 6 * MINUTE, order: 5, count: 1, raisedValue: '19.1 °C', value: '19.0 °C' },
      ...{ about: ['return'], unwatched: 'Return is stale' },
    }),
    calmAlarm('humidity-high', 'Cellar humidity above 70 %', {
      ...{ phase: 'active', raisedAt: AT - 5 * MINUTE, order: 3, count: 1, raisedValue: '70.5 %', value: '71.2 %' },
      ...{ about: ['humidity'], cure: 'Switch the fan on, or open the window' },
      shelf: { at: AT - 3 * MINUTE, untilAt: AT + 57 * MINUTE, by: 'monitor', reason: 'the washing hangs there' },
    }),
  ];
  const unwatched = [{ why: 'Return is stale', ids: ['return-low', 'return-too-low'] }];
  return { ...livingHome(720), alarms: bookOf(alarms, { unwatched, ...changes }) };
}

const small: HouseConfig = {
  name: 'Small',
  sensors: {
    flow: { label: 'Flow', topic: 'heating/flow', unit: '°C', warning: { high: 70 }, critical: { high: 75 } },
    back: { label: 'Return', topic: 'heating/return', unit: '°C' },
  },
  switches: {},
  clients: {},
  panels: [{ label: 'Heating', items: ['flow', 'back'] }],
};

/** A small house where nothing is wrong. */
export function calmHome(changes: Partial<AlarmBook> = {}): HomeState {
  const [flow, back] = [
    message(START + 1_000, 'heating/flow', '54.0'),
    message(START + 1_000, 'heating/return', '41.0'),
  ];
  const heard = withEvents(emptyHome(small), connected(START), flow, back, tick(START + 2_000));
  return { ...heard, alarms: bookOf([], { total: 8, ...changes }) };
}

/** One of whose alarms some cannot be judged. */
export const blindHome = (): HomeState =>
  calmHome({ source: 'own', unwatched: [{ why: 'Flow is stale', ids: ['flow-high', 'flow-too-high'] }] });
