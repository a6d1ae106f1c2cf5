import { expect, it } from 'vitest';
import type { AlarmState } from '../../../src/core/home/alarms/alarm.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { alarmFields } from '../../../src/ui/alarms/alarm-facts.ts';
import { tooHot } from '../../helpers/ui/alarms-home.ts';
import { livingHome, START } from '../../helpers/ui/home.ts';

const view = { home: livingHome(720), glyphs: glyphsFor({ glyphs: 'full' }) };
const stateOf = (change: Partial<AlarmState>): string | undefined =>
  alarmFields(view, { ...tooHot, ...change }, 'page').find(({ name }) => name === 'State')?.text;

it('the state of an alarm says that it is not so any more, where it is about something that can be so', () => {
  expect(stateOf({})).toBe('active since 14:30, for 4 min; nobody has acknowledged it');
  expect(stateOf({ quietSince: START + 700_000 })).toBe(
    'active since 14:30, for 4 min, but not so since 14:33: over when that lasts; nobody has acknowledged it',
  );
  expect(stateOf({ quietSince: START + 700_000, about: [] })).toBe(
    'active since 14:30, for 4 min; nobody has acknowledged it',
  );
});
