import { expect, it } from 'vitest';
import { EVENT_MARKS, markOf } from '../../../src/core/history/event-mark.ts';

it.each([
  ['switch', 'info', 'switched'],
  ['switch', 'warning', 'trouble'],
  ['verdict', 'good', 'switched'],
  ['verdict', 'critical', 'denied'],
  ['verdict', 'warning', 'trouble'],
  ['denial', 'critical', 'denied'],
  ['denial', 'info', 'denied'],
  ['client', 'warning', 'trouble'],
  ['link', 'warning', 'trouble'],
  ['client', 'critical', 'trouble'],
  ['client', 'good', null],
  ['command', 'info', null],
  ['recording', 'info', null],
])('marks a %s that is %s as %s', (type, severity, mark) => {
  expect(markOf({ type, severity })).toBe(mark);
});

it('has the worst mark last', () => {
  expect(EVENT_MARKS).toEqual(['switched', 'trouble', 'denied']);
});
