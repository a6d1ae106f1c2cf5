import { expect, it } from 'vitest';
import { writeOut } from '../../../../src/core/discover/makers/abbreviations.ts';

it.each([
  [
    'a short name is written out',
    { stat_t: 'a/b', unit_of_meas: '°C' },
    { state_topic: 'a/b', unit_of_measurement: '°C' },
  ],
  ['a name that is not known stays', { mystery: 1 }, { mystery: 1 }],
  ['what every object inherits is no name', { constructor: 1 }, { constructor: 1 }],
  ['the base stands in front', { '~': 'home/lamp', cmd_t: '~/set' }, { command_topic: 'home/lamp/set' }],
  ['the base stands behind', { '~': 'lamp', cmd_t: 'set/~' }, { command_topic: 'set/lamp' }],
  ['a base within is no base', { '~': 'lamp', cmd_t: 'a~b' }, { command_topic: 'a~b' }],
  ['only topics have a base', { '~': 'lamp', pl_on: '~' }, { payload_on: '~' }],
  ['a topic that is none is left as it is', { '~': 'lamp', stat_t: 5 }, { state_topic: 5 }],
  ['a base that is no text is none', { '~': 5, stat_t: '~/x' }, { state_topic: '/x' }],
  [
    'a device has short names of its own',
    { dev: { ids: ['x'], mf: 'M', mdl: 'N', name: 'O' } },
    { device: { identifiers: ['x'], manufacturer: 'M', model: 'N', name: 'O' } },
  ],
  [
    'each availability of a list has the base',
    { '~': 'lamp', avty: [{ t: '~/here', pl_avail: 'yes' }, 5] },
    { availability: [{ topic: 'lamp/here', payload_available: 'yes' }, {}] },
  ],
  ['an availability that is no list is left as it is', { avty: 'x' }, { availability: 'x' }],
  [
    'a component has the base of its document, unless it has one of its own',
    { '~': 'lamp', cmps: { a: { p: 'switch', cmd_t: '~/a' }, b: { '~': 'fan', p: 'switch', cmd_t: '~/b' }, c: 5 } },
    {
      components: {
        a: { platform: 'switch', command_topic: 'lamp/a' },
        b: { platform: 'switch', command_topic: 'fan/b' },
        c: {},
      },
    },
  ],
])('%s', (_, short, long) => {
  expect(writeOut(short)).toStrictEqual(long);
});
