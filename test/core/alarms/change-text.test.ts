import { expect, it } from 'vitest';
import { changeText, floodText } from '../../../src/core/alarms/change-text.ts';
import { createAlarm } from '../../../src/core/alarms/machine.ts';
import type { AlarmState } from '../../../src/core/home/alarms/alarm.ts';

const alarm: AlarmState = {
  ...createAlarm({
    ...{ id: 'a', label: 'Flow above 80 °C', priority: 'alarm', cure: null, tell: null, source: null, about: [] },
    ...{ onDelayMs: 0, offDelayMs: 0, isLatched: false, condition: null as never },
  }),
  detail: '84 °C',
};
const shelf = { at: 0, untilAt: 600_000, by: 'me', reason: null };

it.each([
  ['raised', {}, null, 'alarm raised: Flow above 80 °C (84 °C)'],
  ['raised', { detail: null }, null, 'alarm raised: Flow above 80 °C'],
  [
    'raised',
    { isHeld: true },
    null,
    'alarm raised: Flow above 80 °C (84 °C); it comes and goes, and stays until it is quiet for an hour',
  ],
  ['repeated', {}, null, 'alarm goes on: Flow above 80 °C (84 °C)'],
  ['returned', {}, null, 'alarm over, not acknowledged: Flow above 80 °C'],
  ['returned', { acknowledgedAt: 1 }, null, 'alarm over, to be acknowledged again: Flow above 80 °C'],
  ['returned', { value: '70' }, null, 'alarm over, not acknowledged: Flow above 80 °C (70)'],
  ['cleared', { value: '70', raisedValue: '84' }, null, 'alarm over: Flow above 80 °C (70, it was 84)'],
  ['cleared', { value: '84', raisedValue: '84' }, null, 'alarm over: Flow above 80 °C (84)'],
  ['acknowledged', {}, 'me', 'alarm acknowledged by me: Flow above 80 °C'],
  ['acknowledged', {}, null, 'alarm acknowledged: Flow above 80 °C'],
  ['shelved', { shelf }, 'me', 'alarm shelved by me for 10 min: Flow above 80 °C'],
  ['shelved', { shelf: { ...shelf, reason: 'R' } }, null, 'alarm shelved for 10 min (R): Flow above 80 °C'],
  ['unshelved', {}, null, 'alarm shelved no more: Flow above 80 °C'],
  ['unshelved', { phase: 'active' }, null, 'alarm shelved no more: Flow above 80 °C, it goes on'],
  ['unshelved', { phase: 'acknowledged' }, null, 'alarm shelved no more: Flow above 80 °C, it goes on'],
  ['unshelved', { phase: 'returned' }, null, 'alarm shelved no more: Flow above 80 °C'],
  ['raised', { label: 'a\u001b[2Jb', detail: null }, null, 'alarm raised: a'],
] as const)('%s with %o by %s is said so', (kind, change, by, text) => {
  const said = changeText(kind, { ...alarm, ...change } as AlarmState, by);
  if (text.endsWith(': a')) expect(said).not.toContain('\u001b');
  else expect(said).toBe(text);
});

it('a flood is told by its first', () => {
  expect(floodText(11, 'Flow')).toBe('11 alarms within 10 min, the first of them: Flow');
});
