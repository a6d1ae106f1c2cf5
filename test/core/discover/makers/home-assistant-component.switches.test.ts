import { describe, expect, it } from 'vitest';
import { readComponent } from '../../../../src/core/discover/makers/home-assistant-component.ts';
import { hear } from '../../../helpers/discover/recorded.ts';

type Fields = Readonly<Record<string, unknown>>;

function read(component: string, config: Fields): unknown {
  const result = readComponent(component, config, hear({ messages: [] }));
  return result.ok ? result.value.found : result.error;
}

const AT = { state_topic: 'a/b' };
const LOOP = { state_topic: 'a/b', command_topic: 'a/b/set' };
const PROGRAM = 'its template is a program, which hometui does not run';
const COMMAND_PROGRAM = 'its command template is a program, which hometui does not run';

describe.each(['switch', 'fan', 'siren', 'light'])('a %s', component => {
  const words = { on: 'ON', off: 'OFF' };
  const loop = { kind: 'switch', command: 'a/b/set', feedback: 'a/b' };

  it.each<[string, Fields, unknown]>([
    ['answers', LOOP, { ...loop, payloads: words, answers: words }],
    [
      'never answers without a state topic',
      { command_topic: 'x' },
      { kind: 'switch', command: 'x', payloads: words, answers: words },
    ],
    [
      'never answers where it is taken for done',
      { ...LOOP, optimistic: true },
      { kind: 'switch', command: 'a/b/set', payloads: words, answers: words },
    ],
    [
      'answers in a document',
      { ...LOOP, value_template: '{{ value_json.p }}' },
      { ...loop, path: 'p', payloads: words, answers: words },
    ],
    [
      'answers in a document of its state',
      { ...LOOP, state_value_template: '{{ value_json.s }}', value_template: '{{ value_json.p }}' },
      { ...loop, path: 's', payloads: words, answers: words },
    ],
    [
      'has words of its own',
      { ...LOOP, payload_on: 'an', payload_off: 0 },
      { ...loop, payloads: { on: 'an', off: '0' }, answers: { on: 'an', off: '0' } },
    ],
    [
      'answers in other words',
      { ...LOOP, state_on: true, state_off: 'out' },
      { ...loop, payloads: words, answers: { on: 'true', off: 'out' } },
    ],
    [
      'is told by a template',
      { ...LOOP, command_template: 'x={{ value }}' },
      { ...loop, payloads: { on: 'x=ON', off: 'x=OFF' }, answers: words },
    ],
    [
      'is told its word as it is',
      { ...LOOP, command_template: 'x={{ value }}', payload_on: '$&' },
      { ...loop, payloads: { on: 'x=$&', off: 'x=OFF' }, answers: { on: '$&', off: 'OFF' } },
    ],
    [
      'speaks JSON',
      { ...LOOP, schema: 'json' },
      { ...loop, path: 'state', payloads: { on: '{"state": "ON"}', off: '{"state": "OFF"}' }, answers: words },
    ],
    [
      'speaks JSON and never answers',
      { command_topic: 'x', schema: 'json' },
      { kind: 'switch', command: 'x', payloads: { on: '{"state": "ON"}', off: '{"state": "OFF"}' }, answers: words },
    ],
    ['is no program', { ...LOOP, schema: 'template' }, 'a light by templates is a program, which hometui does not run'],
    ['is commanded', AT, 'it names no command topic'],
    ['is commanded on a name', { command_topic: 'a/#' }, expect.stringMatching(/^its command topic is none: ./)],
    ['answers where it can be read', { ...LOOP, value_template: '{{ x }}' }, PROGRAM],
    ['is told what can be said', { ...LOOP, command_template: '{{ x }}' }, COMMAND_PROGRAM],
  ])('%s', (_, config, expected) => {
    expect(read(component, config)).toStrictEqual(expected);
  });
});

describe('what has a key or a handle is asked about before it moves', () => {
  const loop = { kind: 'switch', command: 'a/b/set', feedback: 'a/b', asks: true };

  it.each<[string, Fields, unknown]>([
    ['lock', LOOP, { ...loop, payloads: { on: 'LOCK', off: 'UNLOCK' }, answers: { on: 'LOCKED', off: 'UNLOCKED' } }],
    [
      'lock',
      { ...LOOP, payload_lock: 'l', payload_unlock: 'u', state_locked: 'L', state_unlocked: 'U' },
      { ...loop, payloads: { on: 'l', off: 'u' }, answers: { on: 'L', off: 'U' } },
    ],
    ['valve', LOOP, { ...loop, payloads: { on: 'OPEN', off: 'CLOSE' }, answers: { on: 'open', off: 'closed' } }],
    [
      'valve',
      { ...LOOP, reports_position: false, payload_open: 'o', payload_close: 'c', state_open: 'O', state_closed: 'C' },
      { ...loop, payloads: { on: 'o', off: 'c' }, answers: { on: 'O', off: 'C' } },
    ],
    ['valve', { ...LOOP, reports_position: true }, 'a valve that reports its position is no kind of a house file'],
    ['lock', AT, 'it names no command topic'],
    ['lock', { ...LOOP, value_template: '{{ x }}' }, PROGRAM],
  ])('a %s by %o', (component, config, expected) => {
    expect(read(component, config)).toStrictEqual(expected);
  });
});

describe('a number', () => {
  const loop = { kind: 'number', command: 'a/b/set', feedback: 'a/b' };

  it.each<[string, Fields, unknown]>([
    ['has the bounds that Home Assistant has', LOOP, { ...loop, unit: '', min: 1, max: 100, step: 1 }],
    [
      'has its own bounds',
      { ...LOOP, min: 0, max: 25, step: 0.5, unit_of_measurement: '°C' },
      { ...loop, unit: '°C', min: 0, max: 25, step: 0.5 },
    ],
    [
      'is told by a template',
      { ...LOOP, command_template: '{"t":{{ value }}}' },
      { ...loop, template: '{"t":%s}', unit: '', min: 1, max: 100, step: 1 },
    ],
    ['is told alone', { ...LOOP, command_template: '{{ value }}' }, { ...loop, unit: '', min: 1, max: 100, step: 1 }],
    ['has more than one value', { ...LOOP, min: 100 }, 'its bounds make no sense'],
    ['has its least below its most', { ...LOOP, min: 101 }, 'its bounds make no sense'],
    ['has a step', { ...LOOP, step: 0 }, 'its bounds make no sense'],
    ['has a step up', { ...LOOP, step: -1 }, 'its bounds make no sense'],
    ['is commanded', AT, 'it names no command topic'],
    ['answers where it can be read', { ...LOOP, value_template: '{{ x }}' }, PROGRAM],
    ['is told what can be said', { ...LOOP, command_template: '{{ x }}' }, COMMAND_PROGRAM],
  ])('%s', (_, config, expected) => {
    expect(read('number', config)).toStrictEqual(expected);
  });
});
