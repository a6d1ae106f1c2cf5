import { expect, it } from 'vitest';
import { readEsphome } from '../../../../src/core/discover/makers/esphome.ts';
import { hear } from '../../../helpers/discover/recorded.ts';

const read = (topic: string, payload: string, status = 'online') =>
  readEsphome(
    hear({
      messages: [
        { topic, payload, retained: true },
        { topic: 'attic/status', payload: status, retained: true },
      ],
    }),
  );

const WORDS = { on: 'ON', off: 'OFF' };

it.each([
  ['sensor/humidity', '48', { kind: 'sensor', unit: '%', range: { min: 0, max: 100 } }],
  ['sensor/flow', '48', { kind: 'sensor', unit: '' }],
  ['binary_sensor/door', 'ON', { kind: 'binary', payloads: WORDS, words: { on: 'open', off: 'closed' } }],
  ['text_sensor/mode', 'x', { kind: 'state' }],
])('%s says %s', (part, payload, expected) => {
  const topic = `attic/${part}/state`;
  expect(read(topic, payload).proposals.map(({ found }) => found)).toStrictEqual([{ ...expected, topic }]);
});

it.each([
  ['switch', { payloads: WORDS }],
  ['fan', { payloads: WORDS }],
  ['light', { path: 'state', payloads: { on: '{"state":"ON"}', off: '{"state":"OFF"}' } }],
])('a %s is commanded beside where it answers', (kind, expected) => {
  const where = { command: `attic/${kind}/state/command`, feedback: `attic/${kind}/state/state` };
  const [proposal] = read(where.feedback, 'ON').proposals;
  expect(proposal?.found).toStrictEqual({ kind: 'switch', ...where, ...expected, answers: WORDS });
});

it('says what it is, of which device, and what is explained with it', () => {
  const topic = 'attic/binary_sensor/back_door/state';
  expect(read(topic, 'ON')).toStrictEqual({
    proposals: [
      {
        found: { kind: 'binary', topic, payloads: WORDS, words: WORDS_OF_PLAIN },
        ...{ label: 'Back door', device: 'esphome attic', basis: 'stated', isExtra: false },
        evidence: [`${topic} is where ESPHome has a binary sensor`],
      },
    ],
    devices: [
      {
        ...{ key: 'esphome attic', label: 'attic', user: null, availabilityMode: 'latest' },
        availabilities: [{ topic: 'attic/status', online: ['online'], offline: ['offline'] }],
        evidence: ["attic/status and the topics beside it are ESPHome's"],
      },
    ],
    untaken: [],
    explained: [topic, 'attic/status', 'attic/debug', 'attic/binary_sensor/back_door/command'],
  });
});

const WORDS_OF_PLAIN = { on: 'on', off: 'off' };

it('a value says why it has its unit', () => {
  const topic = 'attic/sensor/humidity/state';
  expect(read(topic, '48').proposals[0]?.evidence).toStrictEqual([
    `${topic} is where ESPHome has a sensor`,
    '% is supposed from the word "humidity"',
  ]);
});

it.each([
  ['attic/sensor/t/state', 'onlines'],
  ['attic/sensor/t/state', 'not online'],
  ['attic/sensor/t/state', 'on'],
  ['attic/sensor/t/states', 'online'],
  ['attic/teapot/t/state', 'online'],
  ['sensor/t/state', 'online'],
])('%s beside a status "%s" is not of ESPHome', (topic, status) => {
  expect(read(topic, '5', status)).toStrictEqual({ proposals: [], devices: [], untaken: [], explained: [] });
});
