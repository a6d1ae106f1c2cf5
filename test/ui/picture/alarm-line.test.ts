import { describe, expect, it } from 'vitest';
import type { AlarmBook } from '../../../src/core/home/alarms/alarm.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { alarmLine } from '../../../src/ui/picture/alarm-line.ts';
import { statusLines } from '../../../src/ui/picture/status-line.ts';
import { alarmsHome, bookOf, calmAlarm, tooHot } from '../../helpers/ui/alarms-home.ts';
import { deviceMessages, linkLost, livingHome, message, START, tick, withEvents } from '../../helpers/ui/home.ts';
import { textsOf } from '../../helpers/ui/pages.ts';
import { troubles } from '../../helpers/ui/stories.ts';

const glyphs = glyphsFor({ glyphs: 'full' });

function headline(alarms: AlarmBook | null, columns = 80, base: HomeState = livingHome(720)): readonly string[] {
  const view = { home: { ...base, alarms }, glyphs };
  const rows = textsOf(statusLines(view, { size: { columns, rows: 24 }, screen: 'overview' }));
  for (const row of rows) expect(row.length).toBe(columns);
  return rows.map(row => row.trimEnd());
}

const older = calmAlarm('flow-high', 'Flow above 70 °C', {
  ...{ phase: 'returned', raisedAt: START - 86_400_000, returnedAt: START - 80_000_000, order: 1 },
});

describe('the headline', () => {
  it('is the highest alarm that nobody has acknowledged, since when, and how many there are besides', () => {
    expect(headline(alarmsHome().alarms)).toEqual([' ! Flow above 75 °C, since 14:30: press a  (and 2 more)']);
    expect(headline(bookOf([tooHot]))).toEqual([' ! Flow above 75 °C, since 14:30: press a']);
    expect(headline(bookOf([older]))).toEqual([
      ' ▲ Flow above 70 °C: over since 10 Jan 16:08, not acknowledged: press a',
    ]);
  });

  it('says of an alarm that is not so any more, and not for long enough to be over, that it is so', () => {
    const quiet = { ...tooHot, quietSince: START - 60_000 };
    expect(headline(bookOf([quiet]))).toEqual([' ! Flow above 75 °C, not so since 14:21: press a']);
    expect(headline(bookOf([quiet]), 32)).toEqual([' ! Flow above 75 °C, not so now']);
    const gone = { ...quiet, about: [], raisedValue: null, detail: 'no answer from pi' };
    expect(headline(bookOf([gone]))).toEqual([' ! no answer from pi, not so since 14:21: press a']);
    // Of what happened it cannot be said that it is not so.
    expect(headline(bookOf([{ ...quiet, about: [], detail: null }]))).toEqual([
      ' ! Flow above 75 °C, since 14:30: press a',
    ]);
  });

  it('says less where there is less room, and never cuts what it is', () => {
    expect(headline(alarmsHome().alarms, 48)).toEqual([' ! Flow above 75 °C, since 14:30: press a  +2']);
    expect(headline(alarmsHome().alarms, 44)).toEqual([' ! Flow above 75 °C, since 14:30  +2']);
    expect(headline(bookOf([tooHot]), 40)).toEqual([' ! Flow above 75 °C, since 14:30']);
    expect(headline(bookOf([older]), 40)).toEqual([' ▲ Flow above 70 °C: over: press a']);
  });

  it('is what it was where all are acknowledged, shelved, or calm', () => {
    const plain = headline(null);
    expect(plain).toEqual([' ● All 4 values and 2 clients are live']);
    expect(headline(bookOf([]))).toEqual(plain);
    expect(headline(bookOf([{ ...tooHot, phase: 'acknowledged' }]))).toEqual(plain);
    expect(headline(bookOf([{ ...tooHot, phase: 'normal' }]))).toEqual(plain);
    expect(headline(bookOf([{ ...tooHot, shelf: { at: 0, untilAt: 1, by: null, reason: null } }]))).toEqual(plain);
  });

  it('says who was denied what where it is about nothing in the house', () => {
    const detail = 'guest may not publish to cellar/fan';
    const denial = calmAlarm('denial', 'The broker denied somebody something', {
      phase: 'active',
      raisedAt: START,
      detail,
    });
    expect(headline(bookOf([denial]))).toEqual([` ▲ ${detail}: press a`]);
    expect(headline(bookOf([{ ...denial, detail: null }]))).toEqual([
      ' ▲ The broker denied somebody something, since 14:22: press a',
    ]);
  });

  it('leaves the row to what is more urgent: a critical value that is no alarm yet, and what is so where the alarm is over', () => {
    const denial = calmAlarm('denial', 'The broker denied somebody something', { phase: 'active', raisedAt: START });
    const hot = (value: string): HomeState => {
      const events = deviceMessages(720).map(event => ({ ...event, at: START + 780_000 }));
      const [rising, last] = [
        message(START + 750_000, 'heating/flow', '65.0'),
        message(START + 780_100, 'heating/flow', value),
      ];
      return withEvents(livingHome(720), rising, ...events.slice(1), last, tick(START + 780_200));
    };
    const warm = headline(null, 80, hot('82.0'));
    expect(warm).toEqual([' ▲ Flow is above 80 °C']);
    expect(headline(bookOf([denial]), 80, hot('82.0'))).toEqual([' ▲ Flow is above 80 °C  1 alarm: press a']);
    expect(headline(bookOf([denial]), 80, hot('95.0'))).toEqual([' ! Flow is above 90 °C: critical  1 alarm: press a']);
    expect(headline(bookOf([older]), 80, hot('82.0'))).toEqual([' ▲ Flow is above 80 °C  1 alarm: press a']);
    expect(headline(bookOf([{ ...denial, priority: 'note' }]), 80, hot('82.0'))).toEqual([
      ' ▲ Flow is above 80 °C  1 alarm: press a',
    ]);
    expect(headline(bookOf([tooHot]), 80, hot('95.0'))).toEqual([' ! Flow above 75 °C, since 14:30: press a']);
  });

  it('does not name the key on the screen of the alarms', () => {
    const view = { home: alarmsHome(), glyphs };
    const [row] = textsOf([alarmLine(view, 80, 'alarms', false) ?? []]);
    expect(row?.trimEnd()).toBe(' ! Flow above 75 °C, since 14:30  (and 2 more)');
  });

  it('leaves the first row to a danger, and does not say the same again below it', () => {
    const banner = troubles.banner?.();
    if (banner === undefined) throw new Error('there is a banner among the troubles');
    const acl = calmAlarm('acl', 'The broker does not use its access control list', { phase: 'active', order: 9 });
    const alone = headline(null, 80, banner);
    expect(alone[0]).toContain('WITHOUT its access control list');
    expect(headline(bookOf([acl]), 80, banner)).toEqual(alone);
    expect(headline(bookOf([acl, tooHot]), 80, banner)).toEqual([
      ...alone,
      ' ! Flow above 75 °C, since 14:30: press a',
    ]);
  });

  it('leaves the first row to a lost link', () => {
    const lost = linkLost(livingHome(60), 4_000);
    const broker = calmAlarm('broker', 'No link to the broker', { phase: 'active', order: 9, priority: 'alarm' });
    expect(headline(bookOf([broker]), 80, lost)).toEqual(headline(null, 80, lost));
    expect(headline(bookOf([broker, tooHot]), 80, lost).at(-1)).toBe(' ! Flow above 75 °C, since 14:30: press a');
  });
});
