import { parse } from 'valibot';
import { describe, expect, test } from 'vitest';
import { answerOf } from '../../../src/core/format/answer.ts';
import { prometheusText } from '../../../src/core/format/status/prometheus.ts';
import { statusCsv } from '../../../src/core/format/status/status-csv.ts';
import { statusText } from '../../../src/core/format/status/status-text.ts';
import { statusSchema } from '../../../src/core/format/status-schema.ts';
import { statusJson, takeSnapshot } from '../../../src/core/format/status-snapshot.ts';
import { articleHouse, type HouseRun, runHouse } from '../../helpers/house/house-run.ts';
import { kindsHouse } from '../../helpers/house/kinds-house.ts';

/** A minute in which each of them spoke. */
function spoken(): HouseRun {
  const run = runHouse(kindsHouse);
  run.connect();
  run.receive('room/temperature', '21.5');
  run.receive('plug/state', '{"1-0:16.7.0": 1234}', { retained: true });
  run.receive('plug/online', 'online', { retained: true });
  run.receive('fan/level', 'low');
  run.receive('heater/state', '1');
  run.receive('door/contact', 'closed');
  run.receive('cellar/leak', 'dry');
  run.receive('door/bell', 'single');
  run.receive('hall/motion', 'ON');
  run.receive('lamp/state', '{"state":"ON"}');
  run.receive('heater/target', '21.5');
  run.receive('heater/mode', 'auto');
  run.pass(2_000);
  return run;
}

const plain = (text: string): string => text;

describe('a house with one of each kind', () => {
  test('is told in JSON by kind, within the published schema', () => {
    const { state } = spoken();
    const snapshot = takeSnapshot(state);
    expect(parse(statusSchema, JSON.parse(statusJson(snapshot)))).toEqual(JSON.parse(statusJson(snapshot)));
    expect(Object.keys(snapshot.switches)).toEqual(['lamp']);
    const told = Object.entries(snapshot.items ?? {}).map(([id, item]) => [id, item.kind, item.value, item.freshness]);
    expect(told).toEqual([
      ['heater', 'state', 'heating', 'live'],
      ['program', 'state', null, 'waiting'],
      ['door', 'binary', 'closed', 'live'],
      ['leak', 'binary', 'dry', 'live'],
      ['bell', 'event', 'ring', 'live'],
      ['motion', 'counter', 1, 'live'],
      ['target', 'number', 21.5, 'live'],
      ['mode', 'select', 'auto', 'live'],
      ['restart', 'button', null, 'waiting'],
    ]);
    expect(snapshot.sensors.power).toMatchObject({ value: 123.4, freshness: 'retained' });
    expect(snapshot.sensors.fan).toMatchObject({ value: 1 });
  });

  test('is told to people panel by panel', () => {
    const run = spoken();
    const text = statusText(takeSnapshot(run.state), run.state.house, plain);
    expect(
      text.split('\n').filter(line => /^ {2}(Target|Mode|Heater|Front|Door bell|Motion|Restart|Program)/.test(line)),
    ).toEqual([
      '  Heater                 heating      live      2 s ago',
      '  Target                 21.5 °C      live      2 s ago',
      '  Mode                   auto         live      2 s ago',
      '  Restart                -            waiting',
      '  Front door             closed       live      2 s ago',
      '  Door bell              ring         live      2 s ago',
      '  Motion                 1            live      2 s ago',
      '  Program                -            waiting',
    ]);
  });

  test('is told to machines', () => {
    const { state } = spoken();
    const csv = statusCsv(takeSnapshot(state)).split('\r\n');
    expect(csv.find(line => line.startsWith('number,target'))).toMatch(/^number,target,Target,21.5,°C,2026-/);
    expect(csv.find(line => line.startsWith('binary,door'))).toMatch(/^binary,door,Front door,closed,,2026-/);
    const metrics = prometheusText(takeSnapshot(state), 'Kinds');
    expect(metrics).toContain('hometui_number_celsius{number="target",label="Target",house="Kinds"} 21.5\n');
    expect(metrics).toContain(
      'hometui_item_state{item="mode",kind="select",label="Mode",state="auto",house="Kinds"} 1\n',
    );
    expect(metrics).toContain('hometui_binary_on{binary="door",label="Front door",house="Kinds"} 0\n');
  });

  test.each([
    ['target', 21.5, '°C', 'live'],
    ['mode', 'auto', null, 'live'],
    ['door', 'closed', null, 'live'],
    ['motion', 1, null, 'live'],
    ['power', 123.4, 'W', 'retained'],
    ['restart', null, null, 'waiting'],
  ])('answers of %s: %j', (id, value, unit, freshness) => {
    expect(answerOf(spoken().state, id)).toMatchObject({ value, unit, freshness, isKept: id === 'power' });
  });

  test('has no more than before where there is none of them', () => {
    const run = runHouse(articleHouse());
    expect(takeSnapshot(run.state)).not.toHaveProperty('items');
    expect(prometheusText(takeSnapshot(run.state), 'Home')).not.toContain('hometui_item');
  });
});

test('a word that is presumed is called so, in JSON and for people', () => {
  const motion = { label: 'Hall', topic: 'hall/motion', words: { on: 'motion', off: 'quiet' }, offAfter: 90 };
  const panels = [{ label: 'House', items: ['hall'] }];
  const run = runHouse({ name: 'H', sensors: {}, switches: {}, binaries: { hall: motion }, clients: {}, panels });
  run.connect();
  run.receive('hall/motion', 'ON');
  const rowOf = () => statusText(takeSnapshot(run.state), run.state.house, plain).match(/Hall .*/)?.[0];
  expect(takeSnapshot(run.state).items?.hall).not.toHaveProperty('presumed');
  expect(rowOf()).toMatch(/Hall +motion +live +0 s ago$/);
  run.pass(90_000);
  const snapshot = takeSnapshot(run.state);
  expect(parse(statusSchema, JSON.parse(statusJson(snapshot)))).toEqual(JSON.parse(statusJson(snapshot)));
  expect(snapshot.items?.hall).toMatchObject({
    ...{ value: 'quiet', word: 'off', presumed: true, freshness: 'live', ageMs: 90_000 },
    reason: 'presumed: it did not say motion for 90 s',
  });
  expect(rowOf()).toMatch(/Hall +quiet +live +90 s ago +presumed$/);
});
