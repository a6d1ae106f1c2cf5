import { describe, expect, it } from 'vitest';
import { readComponent } from '../../../../src/core/discover/makers/home-assistant-component.ts';
import { hear } from '../../../helpers/discover/recorded.ts';

type Fields = Readonly<Record<string, unknown>>;

const nothing = hear({ messages: [] });
const heard = (payload: string) => hear({ messages: [{ topic: 'a/b', payload }] });

function read(component: string, config: Fields, seen = nothing): unknown {
  const result = readComponent(component, config, seen);
  return result.ok ? result.value.found : result.error;
}

const AT = { state_topic: 'a/b' };
const LOOP = { state_topic: 'a/b', command_topic: 'a/b/set' };
const PROGRAM = 'its template is a program, which hometui does not run';
const COMMAND_PROGRAM = 'its command template is a program, which hometui does not run';

describe('a sensor', () => {
  it.each<[string, Fields, Fields]>([
    ['with a unit', { unit_of_measurement: '°C' }, { unit: '°C' }],
    ['with a state class', { state_class: 'measurement' }, { unit: '' }],
    ['with a path', { unit_of_measurement: 'W', value_template: '{{ value_json.p }}' }, { unit: 'W', path: 'p' }],
    [
      'that is shown with digits',
      { unit_of_measurement: 'W', suggested_display_precision: 2 },
      { unit: 'W', decimals: 2 },
    ],
    [
      'that is shown with no digits',
      { unit_of_measurement: 'W', suggested_display_precision: 0 },
      { unit: 'W', decimals: 0 },
    ],
    [
      'with more digits than are shown',
      { unit_of_measurement: 'W', suggested_display_precision: 4 },
      { unit: 'W', decimals: 3 },
    ],
    ['with fewer than none', { unit_of_measurement: 'W', suggested_display_precision: -1 }, { unit: 'W', decimals: 0 }],
    [
      'that its template rounds',
      { unit_of_measurement: 'W', value_template: '{{ value | round(1) }}' },
      { unit: 'W', decimals: 1 },
    ],
    [
      'whose template rounds, and that is shown with others',
      { unit_of_measurement: 'W', value_template: '{{ value | round(1) }}', suggested_display_precision: 2 },
      { unit: 'W', decimals: 2 },
    ],
  ])('%s is a number', (_, config, expected) => {
    expect(read('sensor', { ...AT, ...config })).toStrictEqual({ kind: 'sensor', topic: 'a/b', ...expected });
  });

  it.each(['5', '-5', '+5', '21.5', '1234.56'])('that says %s is a number', payload => {
    expect(read('sensor', AT, heard(payload))).toStrictEqual({ kind: 'sensor', topic: 'a/b', unit: '' });
  });

  it.each(['5 W', 'at 5', '5.', '.5', '1.2.3', 'ok', '', '+-5'])('that says "%s" is a text', payload => {
    expect(read('sensor', AT, heard(payload))).toStrictEqual({ kind: 'state', topic: 'a/b' });
  });

  it('is a number where that stands under its path, and a text where nothing does', () => {
    const config = { ...AT, value_template: '{{ value_json.p }}' };
    expect(read('sensor', config, heard('{"p":5}'))).toStrictEqual({
      kind: 'sensor',
      topic: 'a/b',
      path: 'p',
      unit: '',
    });
    expect(read('sensor', config, heard('{"q":5}'))).toStrictEqual({ kind: 'state', topic: 'a/b', path: 'p' });
  });

  it.each<[Fields, Fields]>([
    [{ device_class: 'enum' }, {}],
    [{ device_class: 'timestamp' }, {}],
    [{ options: ['a', 'b'] }, { options: ['a', 'b'] }],
    [{ value_template: '{{ value | round(1) }}', device_class: 'enum' }, {}],
  ])('with %o is a text, whatever it says', (config, expected) => {
    expect(read('sensor', { ...AT, ...config, state_class: 'x' }, heard('5'))).toStrictEqual({
      ...{ kind: 'state', topic: 'a/b' },
      ...expected,
    });
  });

  it.each<[Fields, string | RegExp]>([
    [{}, 'it names no state topic'],
    [{ state_topic: 'a/+' }, /^its state topic is none: ./],
    [{ ...AT, value_template: '{{ x }}' }, PROGRAM],
  ])('with %o is none', (config, error) => {
    expect(read('sensor', config)).toMatch(error);
  });

  it.each<[unknown, Fields]>([
    [300, { expireAfter: 300 }],
    [1, { expireAfter: 1 }],
    [0, {}],
    [-1, {}],
    ['300', {}],
    [undefined, {}],
  ])('that is stale after %s seconds says so', (expire_after, expected) => {
    const result = readComponent('sensor', { ...AT, unit_of_measurement: 'W', expire_after }, nothing);
    expect(result).toStrictEqual({
      ok: true,
      value: { found: { kind: 'sensor', topic: 'a/b', unit: 'W' }, ...expected },
    });
  });
});

it('a text is a state, where it says one', () => {
  expect(read('text', { ...LOOP, value_template: '{{ value | int }}' })).toStrictEqual({ kind: 'state', topic: 'a/b' });
  expect(read('text', { command_topic: 'a/b/set' })).toBe('it names no state topic');
  expect(read('text', { ...AT, value_template: '{{ x }}' })).toBe(PROGRAM);
});

it.each<[Fields, Fields | string]>([
  [AT, { payloads: { on: 'ON', off: 'OFF' }, words: { on: 'on', off: 'off' } }],
  [
    { ...AT, payload_on: 1, payload_off: false, device_class: 'door' },
    { payloads: { on: '1', off: 'false' }, words: { on: 'open', off: 'closed' } },
  ],
  [
    { ...AT, value_template: '{{ value_json.p | int }}' },
    { path: 'p', payloads: { on: 'ON', off: 'OFF' }, words: { on: 'on', off: 'off' } },
  ],
  [
    { ...AT, off_delay: 90 },
    { payloads: { on: 'ON', off: 'OFF' }, words: { on: 'on', off: 'off' }, offAfter: 90 },
  ],
  [
    { ...AT, off_delay: 604_801 },
    { payloads: { on: 'ON', off: 'OFF' }, words: { on: 'on', off: 'off' }, offAfter: 604_800 },
  ],
  [
    { ...AT, off_delay: 0 },
    { payloads: { on: 'ON', off: 'OFF' }, words: { on: 'on', off: 'off' } },
  ],
  [{}, 'it names no state topic'],
])('of a binary sensor by %o', (config, expected) => {
  const whole = typeof expected === 'string' ? expected : { kind: 'binary', topic: 'a/b', ...expected };
  expect(read('binary_sensor', config)).toStrictEqual(whole);
});

it.each<[Fields, unknown]>([
  [
    { ...LOOP, options: ['a', 2], command_template: 'm={{ value }}' },
    { kind: 'select', command: 'a/b/set', feedback: 'a/b', template: 'm=%s', options: ['a', '2'] },
  ],
  [LOOP, 'it names no options'],
  [{ options: ['a'] }, 'it names no command topic'],
])('of a selection by %o', (config, expected) => {
  expect(read('select', config)).toStrictEqual(expected);
});

it.each<[string, Fields, unknown]>([
  ['button', LOOP, { kind: 'button', command: 'a/b/set', payload: 'PRESS' }],
  ['button', { ...LOOP, payload_press: 'go', payload_on: 'no' }, { kind: 'button', command: 'a/b/set', payload: 'go' }],
  [
    'button',
    { ...LOOP, command_template: 'do {{ value }}' },
    { kind: 'button', command: 'a/b/set', payload: 'do PRESS' },
  ],
  ['scene', LOOP, { kind: 'button', command: 'a/b/set', payload: 'ON' }],
  ['scene', { ...LOOP, payload_on: 'go', payload_press: 'no' }, { kind: 'button', command: 'a/b/set', payload: 'go' }],
  ['button', {}, 'it names no command topic'],
  ['button', { ...LOOP, command_template: '{{ x }}' }, COMMAND_PROGRAM],
])('of a %s by %o', (component, config, expected) => {
  expect(read(component, config)).toStrictEqual(expected);
});

it.each<[Fields, unknown]>([
  [AT, { kind: 'event', topic: 'a/b', path: 'event_type' }],
  [
    { ...AT, value_template: '{{ value_json.e }}', event_types: ['ring'] },
    { kind: 'event', topic: 'a/b', path: 'e', options: ['ring'] },
  ],
  [{}, 'it names no state topic'],
])('of an event by %o', (config, expected) => {
  expect(read('event', config)).toStrictEqual(expected);
});

it.each<[Fields, unknown]>([
  [{ topic: 'a/b' }, { kind: 'event', topic: 'a/b' }],
  [
    { topic: 'a/b', payload: 'single', value_template: '{{ value_json.action }}' },
    { kind: 'event', topic: 'a/b', path: 'action', options: ['single'] },
  ],
  [
    { topic: 'a/b', value_template: '{{ value }}' },
    { kind: 'event', topic: 'a/b' },
  ],
  [{}, 'it names no topic'],
  [{ topic: 'a/b', value_template: '{{ x }}' }, PROGRAM],
])('of a trigger by %o', (config, expected) => {
  expect(read('device_automation', config)).toStrictEqual(expected);
});

it.each([
  ['climate', 'a climate is no kind of a house file'],
  ['alarm_control_panel', 'a alarm control panel is no kind of a house file'],
])('%s is none', (component, error) => {
  expect(read(component, LOOP)).toBe(error);
});
