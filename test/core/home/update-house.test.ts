import { expect, it } from 'vitest';
import { freshnessOfReading } from '../../../src/core/home/clients/select-freshness.ts';
import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import { createState, type HomeState } from '../../../src/core/home/state/state.ts';
import { getRow } from '../../../src/core/home/state/table.ts';
import { update } from '../../../src/core/home/update.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { presets } from '../../../src/core/house/presets.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';

const article = presets.article as HouseConfig;
const session = {
  url: 'mqtt://h:1883',
  host: 'h',
  port: 1883,
  user: 'master',
  clientId: 'us',
  isEncrypted: false,
  isLoopback: false,
};
const AT = 1_795_942_800_000;

function run(state: HomeState, ...events: readonly HomeEvent[]): HomeState {
  return events.reduce((now, event) => update(now, event).state, state);
}

const said = (at: number, topic: string, text: string): HomeEvent => ({
  ...{ type: 'message-received', at, topic, payload: new TextEncoder().encode(text), isRetained: false },
});
const connected = { phase: 'connected', protocol: '5', connectedAt: AT } as const;

const lived = run(
  createState(createHouse(article), session, AT),
  { type: 'link-changed', at: AT, link: connected },
  said(AT + 1_000, 'heating/flow', '54.3'),
  said(AT + 1_000, 'cellar/humidity', '71'),
  said(AT + 1_000, 'heating/pump/done', 'on'),
);

const change = (config: HouseConfig, at = AT + 60_000) =>
  update(lived, { type: 'house-changed', at, house: createHouse(config), file: 'my-house.json' });

const { humidity: _, ...others } = article.sensors;
const attic = { label: 'Attic', topic: 'attic/temperature', unit: '°C' };
const changed: HouseConfig = {
  ...article,
  sensors: { ...others, flow: { ...article.sensors.flow, label: 'Supply', unit: '°C', topic: 'heating/flow' }, attic },
  derived: {},
  clients: { heating: { publishes: ['flow', 'return', 'pump', 'burner'] } },
  panels: [{ label: 'All', items: ['flow', 'attic', 'pump'] }],
};

it('keeps what is known of what stays, and asks that what is new be heard', () => {
  const { state, effects } = change(changed);
  expect(getRow(state.readings, 'flow')?.value).toBe(54.3);
  expect(getRow(state.switches, 'pump')?.position).toBe('on');
  expect(getRow(state.readings, 'humidity')).toBeUndefined();
  expect(getRow(state.readings, 'attic')?.value).toBeNull();
  expect(effects).toEqual([{ type: 'listen-to', house: state.house }]);
  expect(state.journal.at(-1)).toMatchObject({
    text: 'my-house.json was changed and is in use: 1 new one (Attic), 4 gone (Humidity, Spread, Dew point and 1 more)',
  });
});

it('forgets what is heard elsewhere now, or read in another way', () => {
  const flow = { label: 'Flow', topic: 'heating/supply', unit: '°C' };
  const { state } = change({ ...article, sensors: { ...article.sensors, flow } });
  expect(getRow(state.readings, 'flow')?.value).toBeNull();
  expect(getRow(state.readings, 'humidity')?.value).toBe(71);
});

it('the silence of what came later counts from when it was listened to, and not from before', () => {
  const { state } = change(changed);
  const later = run(state, { type: 'ticked', at: AT + 61_000 });
  expect(freshnessOfReading(later, 'attic').reason).toBe('never received yet on attic/temperature');
  expect(later.laterTopics.get('attic/temperature')).toBe(AT + 60_000);
  const answered = run(later, { type: 'filter-answered', at: AT + 62_000, filter: 'attic/temperature', code: 1 });
  expect(answered.laterTopics.get('attic/temperature')).toBe(AT + 62_000);
  const anew = run(answered, { type: 'link-changed', at: AT + 70_000, link: connected });
  expect(anew.laterTopics.size).toBe(0);
});

it('the same house again is no news', () => {
  const { state, effects } = change(structuredClone(article));
  expect([state.journal.length, effects]).toEqual([lived.journal.length, []]);
});

it('a command whose switch is heard elsewhere now is given up, and that is told', () => {
  const asked = update(lived, { type: 'switch-requested', at: AT + 60_000, switchId: 'pump', target: 'off' }).state;
  const pump = { label: 'Pump', command: 'heating/p', feedback: 'heating/p/done', on: 'on', off: 'off', key: 'p' };
  const house = createHouse({ ...article, switches: { ...article.switches, pump } });
  const { state, effects } = update(asked, { type: 'house-changed', at: AT + 60_100, house, file: 'f' });
  expect(effects.map(({ type }) => type)).toEqual(['withdraw-command', 'listen-to']);
  expect(getRow(state.switches, 'pump')?.command).toBeNull();
  expect(state.journal.at(-2)?.text).toContain('what came of it is not known');
});
