import { describe, expect, test } from 'vitest';
import { getRow } from '../../../../src/core/home/state/table.ts';
import type { HouseConfig } from '../../../../src/core/house/schema.ts';
import { articleHouse, type HouseRun, runHouse } from '../../../helpers/house/house-run.ts';

const loop = { label: 'It', command: 'it/set', feedback: 'it/done' };
const kinds = {
  number: { numbers: { it: { ...loop, unit: '°C', min: 5, max: 30, step: 0.5 } } },
  json: {
    numbers: {
      it: { ...loop, unit: '°C', min: 5, max: 30, step: 0.5, scale: 0.1, path: 'target', template: '{"target":%s}' },
    },
  },
  select: { selects: { it: { ...loop, options: ['auto', 'off'], payloads: { auto: '1', off: '0' } } } },
  button: { buttons: { it: { ...loop, payload: 'PRESS', answer: 'done' } } },
} as const satisfies Record<string, Partial<HouseConfig>>;

type Kind = keyof typeof kinds;

function runWith(kind: Kind, house: Partial<HouseConfig> = kinds[kind], protocol: '5' | '3.1.1' = '5'): HouseRun {
  const clients = { device: { publishes: ['it'] } };
  const run = runHouse({ ...articleHouse(), ...house, sensors: {}, derived: {}, clients, panels: [] });
  run.connect(protocol);
  return run;
}

const rowOf = ({ state }: HouseRun) => getRow(state.switches, 'it');

/** What each is told, the payload that this becomes, the answer to it, and what people read of it. */
const TOLD: readonly (readonly [Kind, target: string, payload: string, answer: string, words: string])[] = [
  ['number', '21.5', '21.5', '21.50', '21.5 °C'],
  ['json', '21.5', '{"target":215}', '{"target":215,"mode":"heat"}', '21.5 °C'],
  ['select', 'auto', '1', '1', 'auto'],
  ['button', 'press', 'PRESS', 'done', 'press'],
];

describe.each(TOLD)('a %s told %s', (kind, target, payload, answer, words) => {
  test(`publishes ${payload}, and is confirmed by ${answer}`, () => {
    const run = runWith(kind);
    const effect = run.request('it', target);
    expect(effect).toMatchObject({ topic: 'it/set', payload });
    run.acknowledge(effect.commandId);
    run.pass(84);
    run.receive('it/done', answer);
    expect(rowOf(run)).toMatchObject({ position: target, verdict: { kind: 'confirmed', target, elapsedMs: 84 } });
    expect(run.state.journal.at(-1)?.text).toBe(`It ${words}: confirmed in 84 ms`);
  });

  test('is called denied, unheard and not sent by the same proofs as a switch', () => {
    const denied = runWith(kind);
    denied.publish('it', target, 135);
    expect(rowOf(denied)?.verdict).toMatchObject({ kind: 'denied', evidence: 'refused' });
    const unheard = runWith(kind);
    unheard.publish('it', target, 16);
    expect(rowOf(unheard)?.verdict).toMatchObject({ kind: 'nobody-listening' });
    const unsent = runWith(kind);
    unsent.disconnect();
    unsent.dispatch({ type: 'switch-requested', at: unsent.state.at, switchId: 'it', target });
    expect(rowOf(unsent)?.verdict).toMatchObject({ kind: 'not-sent' });
  });

  test('is not confirmed by silence, and says so when its time is over', () => {
    const run = runWith(kind);
    run.publish('it', target);
    run.pass(5_000);
    expect(rowOf(run)?.verdict).toMatchObject({ kind: 'not-confirmed' });
    expect(rowOf(run)?.verdict?.detail).toMatch(/^the broker took it, no feedback came within 5 s/);
  });

  test('with MQTT 3.1.1 its own echo is known, and the lack of it proves a denial', () => {
    const allowed = runWith(kind, kinds[kind], '3.1.1');
    const { commandId } = allowed.request('it', target);
    allowed.receive('it/set', payload);
    expect(rowOf(allowed)?.command?.echoedAt).toBe(allowed.state.at);
    allowed.acknowledge(commandId);
    allowed.receive('it/done', answer);
    expect(rowOf(allowed)?.verdict).toMatchObject({ kind: 'confirmed' });
    allowed.publish('it', target);
    allowed.pass(5_000);
    expect(rowOf(allowed)?.verdict).toMatchObject({ kind: 'denied', evidence: 'echo' });
  });

  test('without feedback nothing is waited for that cannot come, and nothing is confirmed', () => {
    const [[group, items]] = Object.entries(kinds[kind]) as [[string, { it: { feedback?: string } }]];
    const { feedback: _, ...it } = items.it;
    const run = runWith(kind, { [group]: { it } });
    const { commandId } = run.request('it', target);
    run.pass(12);
    run.acknowledge(commandId);
    expect(rowOf(run)?.verdict).toMatchObject({ kind: 'not-confirmed', elapsedMs: 12 });
    expect(rowOf(run)?.verdict?.detail).toContain('it has no feedback');
  });
});

describe('an answer that is another', () => {
  test.each<[Kind, string, string, string]>([
    ['number', '21.5', '20', 'device answered 20.0 °C instead'],
    ['number', '21.5', 'warm', 'It answered, and its feedback cannot be read: "warm" is not a number'],
    ['number', '21.5', '70 °F', 'It answered, and its feedback cannot be read: "70 °F" is in another unit than °C'],
    [
      'json',
      '21.5',
      '{"target":null}',
      'It answered, and its feedback cannot be read: target in the JSON payload is null',
    ],
    ['select', 'auto', '0', 'device answered off instead'],
    ['select', 'auto', '7', 'It answered "7", where auto or off was expected'],
    ['button', 'press', '', 'It answered, and its feedback cannot be read: the payload is empty'],
  ])('of a %s told %s: %s', (kind, target, answer, detail) => {
    const run = runWith(kind);
    run.publish('it', target);
    run.receive('it/done', answer);
    run.pass(5_000);
    expect(rowOf(run)?.verdict).toMatchObject({ kind: 'not-confirmed', detail });
  });

  test('that is none of the button is no answer', () => {
    const run = runWith('button');
    run.publish('it', 'press');
    run.receive('it/done', 'busy');
    expect(rowOf(run)).toMatchObject({ position: null, fault: null });
    run.pass(5_000);
    expect(rowOf(run)?.verdict?.detail).toMatch(/^the broker took it, no feedback came/);
  });
});

test('what another client asks for, and what moves by itself, is told in the words of the item', () => {
  const run = runWith('json', kinds.json, '3.1.1');
  run.receive('it/set', '{"target":190}');
  expect(run.state.journal.at(-1)?.text).toBe('It 19.0 °C: commanded by another client');
  run.receive('it/done', '{"target":190}');
  run.receive('it/done', '{"target":180}');
  expect(run.state.journal.at(-1)?.text).toBe('It is 18.0 °C: switched by somebody else or at the device');
});
