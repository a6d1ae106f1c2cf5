import { parse } from 'valibot';
import { describe, expect, test } from 'vitest';
import { answerJson, answerOf } from '../../../src/core/format/answer.ts';
import { prometheusText } from '../../../src/core/format/status/prometheus.ts';
import { statusCsv } from '../../../src/core/format/status/status-csv.ts';
import { statusText } from '../../../src/core/format/status/status-text.ts';
import { statusSchema } from '../../../src/core/format/status-schema.ts';
import { statusJson, takeSnapshot } from '../../../src/core/format/status-snapshot.ts';
import { watchEvents, watchJson } from '../../../src/core/format/watch/watch-event.ts';
import { watchCsv } from '../../../src/core/format/watch/watch-line.ts';
import type { BinaryConfig } from '../../../src/core/house/schema.ts';
import { parseCsv } from '../../helpers/formats/parse-csv.ts';
import { parsePrometheus } from '../../helpers/formats/parse-prometheus.ts';
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

const motion = { label: 'Hall', topic: 'hall/motion', words: { on: 'motion', off: 'quiet' }, offAfter: 90 };

/** A hall whose sensor says one word of two, which it has just said. */
function hall(change: Partial<BinaryConfig> = {}): HouseRun {
  const door = { label: 'Door', topic: 'hall/door', words: { on: 'open', off: 'closed' } };
  const binaries = { hall: { ...motion, ...change }, door };
  const panels = [{ label: 'House', items: ['hall', 'door'] }];
  const run = runHouse({ name: 'H', sensors: {}, switches: {}, binaries, clients: {}, panels });
  run.connect();
  run.receive('hall/motion', 'ON');
  run.receive('hall/door', 'closed');
  return run;
}

test('a word that is presumed is called so, in JSON and for people', () => {
  const run = hall();
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

test('a word that is presumed, and bad, is called both', () => {
  const run = hall({ levels: { off: 'critical' } });
  run.pass(90_000);
  const styled = statusText(takeSnapshot(run.state), run.state.house, (text, role) => `<${role}>${text}</>`);
  expect(styled).toMatch(/Hall +quiet +.*90 s ago +<critical>presumed, critical<\/>/);
});

describe('a word that is presumed is never told as heard', () => {
  const told = (run: HouseRun) => parsePrometheus(prometheusText(takeSnapshot(run.state), 'H'));
  const samplesOf = (run: HouseRun, name: string) =>
    told(run)
      .get(name)
      ?.samples.map(({ labels: { house: _, ...labels }, value }) => [labels, value]);

  test('to Prometheus it has a name of its own, and no word, no level and no other position', () => {
    const run = hall({ levels: { on: 'warning' } });
    const hallIs = { binary: 'hall', label: 'Hall' };
    const doorIs = { binary: 'door', label: 'Door' };
    expect(samplesOf(run, 'hometui_binary_on')).toEqual([
      [hallIs, 1],
      [doorIs, 0],
    ]);
    expect(samplesOf(run, 'hometui_binary_presumed_on')).toBeUndefined();
    run.pass(90_000);
    expect(samplesOf(run, 'hometui_binary_on')).toEqual([[doorIs, 0]]);
    expect(samplesOf(run, 'hometui_binary_presumed_on')).toEqual([[hallIs, 0]]);
    expect(samplesOf(run, 'hometui_item_state')?.map(([labels]) => labels)).toEqual([
      { item: 'door', kind: 'binary', label: 'Door', state: 'closed' },
    ]);
    expect(samplesOf(run, 'hometui_item_level')).toEqual([[{ item: 'door' }, 0]]);
    expect(told(run).get('hometui_binary_presumed_on')?.help).toMatch(/^Which of its two words an item is presumed/);
    run.reconnect();
    expect(samplesOf(run, 'hometui_binary_presumed_on')).toBeUndefined();
  });

  test('in a table it has a field for that', () => {
    const run = hall();
    const fieldOf = (id: string) => {
      const [header = [], ...records] = parseCsv(statusCsv(takeSnapshot(run.state)));
      expect(header.at(-1)).toBe('presumed');
      return records.find(record => record[1] === id)?.at(-1);
    };
    expect([fieldOf('hall'), fieldOf('door')]).toEqual(['', '']);
    run.pass(90_000);
    expect([fieldOf('hall'), fieldOf('door')]).toEqual(['yes', '']);
    run.reconnect();
    expect(fieldOf('hall')).toBe('yes');
  });

  test('by watch it is told in words, and in a table without a value', () => {
    const run = hall();
    const before = run.state;
    run.pass(90_000);
    const [event, ...more] = watchEvents({ type: 'ticked', at: run.state.at }, before, run.state);
    if (event === undefined) throw new Error('it told nothing');
    expect(more).toEqual([]);
    expect(event).toMatchObject({ type: 'item', text: 'Hall: quiet (presumed: it did not say motion for 90 s)' });
    expect(JSON.parse(watchJson(event))).toMatchObject({ value: 'quiet', presumed: true });
    const [record = []] = parseCsv(watchCsv(event));
    expect(record.slice(1)).toEqual(['item', 'hall', '', '', 'live', 'info', event.text]);
    const later = run.state;
    run.receive('hall/motion', 'ON');
    const at = run.state.at;
    const topic = 'hall/motion';
    const heard = { type: 'message-received', at, topic, payload: new Uint8Array(), isRetained: false } as const;
    const [said] = watchEvents(heard, later, run.state);
    expect(parseCsv(watchCsv(said ?? event))[0]?.[3]).toBe('motion');
  });

  test('to get it is none that was heard', () => {
    const run = hall();
    expect(answerOf(run.state, 'hall')).not.toHaveProperty('presumed');
    expect(JSON.parse(answerJson(answerOf(run.state, 'hall'), null))).not.toHaveProperty('presumed');
    run.pass(90_000);
    const reason = 'presumed: it did not say motion for 90 s';
    expect(answerOf(run.state, 'hall')).toMatchObject({ value: 'quiet', presumed: true, freshness: 'live', reason });
    expect(JSON.parse(answerJson(answerOf(run.state, 'hall'), null))).toMatchObject({
      ...{ value: 'quiet', presumed: true, reason },
    });
  });
});
