import { expect, it } from 'vitest';
import { binaryWords } from '../../../../src/core/discover/makers/binary-words.ts';

/** The device classes that Home Assistant has for binary sensors. */
const CLASSES = [
  ...['battery', 'battery_charging', 'carbon_monoxide', 'cold', 'connectivity', 'door', 'garage_door', 'gas', 'heat'],
  ...['light', 'lock', 'moisture', 'motion', 'moving', 'occupancy', 'opening', 'plug', 'power', 'presence', 'problem'],
  ...['running', 'safety', 'smoke', 'sound', 'tamper', 'update', 'vibration', 'window'],
];

it.each(CLASSES)('%s has a word for each of its two states, and they are not the same', kind => {
  const { on, off } = binaryWords(kind);
  expect(on).toMatch(/^[a-z ]{3,}$/);
  expect(off).toMatch(/^[a-z ]{3,}$/);
  expect(on).not.toBe(off);
});

it.each([
  ['door', { on: 'open', off: 'closed' }],
  ['lock', { on: 'unlocked', off: 'locked' }],
  ['water_leak', { on: 'wet', off: 'dry' }],
  ['battery_low', { on: 'low', off: 'fine' }],
  ['carbon_monoxide_alarm', { on: 'gas', off: 'clear' }],
  ['teapot', { on: 'on', off: 'off' }],
  ['constructor', { on: 'on', off: 'off' }],
  [null, { on: 'on', off: 'off' }],
])('of %s people say what it means', (kind, words) => {
  expect(binaryWords(kind)).toStrictEqual(words);
});
