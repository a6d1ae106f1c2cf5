import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import type { SwitchState, Verdict } from '../../../src/core/home/state/switch.ts';
import { getRow, setRow } from '../../../src/core/home/state/table.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { switchLine } from '../../../src/ui/items/switch-line.ts';
import { itemColumns } from '../../../src/ui/layout/item-columns.ts';
import { metricsOf } from '../../../src/ui/layout/metrics.ts';
import { lineWidth } from '../../../src/ui/text/line.ts';
import {
  connected,
  deviceMessages,
  emptyHome,
  linkLost,
  livingHome,
  START,
  withEvents,
} from '../../helpers/ui/home.ts';

function pumpRow(home: HomeState, change: Partial<SwitchState>, width = 56): string {
  const row = getRow(home.switches, 'pump');
  if (row === undefined) throw new Error('the preset changed');
  const changed = { ...home, switches: setRow(home.switches, 'pump', { ...row, ...change }) };
  const columns = itemColumns(width, metricsOf(home.house));
  const line = switchLine({ home: changed, glyphs: glyphsFor({ glyphs: 'full' }) }, 'pump', false, columns, 'p');
  expect(lineWidth(line)).toBe(width);
  return line
    .map(part => part.text)
    .join('')
    .trim()
    .replace(/ +/g, ' ');
}

const home = livingHome(600);

const ended = (kind: Verdict['kind'], agoMs: number): Verdict => ({
  kind,
  target: 'on',
  at: home.at - agoMs,
  elapsedMs: 84,
  evidence: null,
  detail: 'for a reason',
  cure: null,
});

describe('the row of a switch', () => {
  it('says how the last command ended, good news for a minute and bad news for ten', () => {
    expect(pumpRow(home, { verdict: ended('confirmed', 1_000) })).toBe('p Pump ○ off confirmed in 84 ms');
    expect(pumpRow(home, { verdict: ended('confirmed', 61_000) })).toBe('p Pump ○ off');
    expect(pumpRow(home, { verdict: ended('denied', 61_000) })).toBe('p Pump ○ off denied after 84 ms');
    expect(pumpRow(home, { verdict: ended('nobody-listening', 1_000) })).toBe('p Pump ○ off nobody is listening');
    expect(pumpRow(home, { verdict: ended('not-confirmed', 1_000) })).toBe('p Pump ○ off not confirmed in 84 ms');
    expect(pumpRow(home, { verdict: ended('not-sent', 1_000) })).toBe('p Pump ○ off not sent: no link');
    expect(pumpRow(home, { verdict: ended('denied', 601_000) })).toBe('p Pump ○ off');
  });

  it('forgets bad news when the switch has moved since', () => {
    const change = { verdict: ended('not-confirmed', 120_000), position: 'on' as const, changedAt: home.at - 90_000 };
    expect(pumpRow(home, change)).toBe('p Pump ● on for 1 min');
  });

  it('says what it waits for while a command is on its way', () => {
    const command = {
      id: 9,
      target: 'on' as const,
      sealId: null,
      sentAt: home.at - 2_100,
      deadlineAt: home.at + 3_000,
      protocol: '5' as const,
      phase: 'sent' as const,
      acknowledgedAt: null,
      echoedAt: null,
      feedback: null,
    };
    expect(pumpRow(home, { command })).toBe('p Pump ○ off waiting 2 s');
    expect(pumpRow(home, { command: { ...command, sentAt: home.at } })).toBe('p Pump ○ off asked for on');
    expect(pumpRow(linkLost(home, 0), { command })).toContain('link lost, waiting');
  });

  it('shows a switch that this user may not use as locked', () => {
    expect(pumpRow(home, { mayWrite: { allowed: false, at: home.at } })).toBe('p Pump ○ off ■ locked');
  });

  it('knows nothing before it has heard, and says how little a retained message says', () => {
    expect(pumpRow(emptyHome(), {})).toBe('p Pump ? unknown until it answers');
    expect(pumpRow(home, { isRetained: true })).toBe('p Pump ? was off retained, age unknown');
  });

  it('never looks as if it were live when it is not, whatever the colours', () => {
    const on = { position: 'on' as const };
    expect(pumpRow(linkLost(home, 4_000), on)).toBe('p Pump ? was on no link to the broker');
    expect(pumpRow({ ...home, at: home.at + 60_000 }, on)).toBe('p Pump ▲ was on heating stale');
    expect(pumpRow({ ...home, at: home.at + 10_500 }, on)).toBe('p Pump △ was on heating late');
    const back = withEvents(linkLost(home, 0), connected(START + 602_000), ...deviceMessages(603));
    expect(pumpRow(back, on)).toBe('p Pump ? was on not heard since the link came');
    expect(pumpRow(back, { ...on, receivedAt: back.at })).toBe('p Pump ● on');
    for (const width of [34, 38, 42, 56]) {
      expect(pumpRow(linkLost(home, 4_000), on, width)).toMatch(/\? was on no link( to the broker)?$/);
      expect(pumpRow(back, on, width)).toMatch(/\? was on (waiting|not heard yet|not heard since the link came)$/);
    }
  });

  it('finds words for the narrowest panel', () => {
    expect(pumpRow(home, { verdict: ended('nobody-listening', 0) }, 38)).toBe('p Pump ○ off nobody listens');
    expect(pumpRow(home, { verdict: ended('confirmed', 0) }, 38)).toBe('p Pump ○ off confirmed 84 ms');
  });

  it('says the same of each switch, however many digits its time has', () => {
    for (let width = 34; width < 56; width += 1) {
      const words = [7, 84, 155, 1_999].map(elapsedMs =>
        pumpRow(home, { verdict: { ...ended('confirmed', 0), elapsedMs } }, width).replace(/\d+ m?s$/, ''),
      );
      expect(new Set(words).size, String(width)).toBe(1);
    }
  });

  it('says where the history has it, in a word of its own, until it has said anything itself', () => {
    const kept = (at: number) => ({ position: null, remembered: { position: 'on' as const, at } });
    const today = kept(START - 3_600_000);
    expect(pumpRow(home, today)).toBe('p Pump ? was on, 13:22 not known yet');
    expect(pumpRow(home, today, 36)).toBe('p Pump ? was on, 13:22');
    expect(pumpRow(home, kept(START - 24 * 3_600_000))).toBe('p Pump ? was on, 10 Jan 14:22 not known yet');
    expect(pumpRow(home, kept(START - 400 * 24 * 3_600_000))).toContain('was on, 07 Dec 2024 14:22');
    expect(pumpRow(home, kept(START - 24 * 3_600_000), 36)).toBe('p Pump ? was on, 10 Jan');
    expect(pumpRow(home, { ...today, position: 'off', isRetained: true })).toContain('was off retained');
    expect(pumpRow(home, { ...today, fault: { at: START, reason: 'odd', word: null, isNews: true } })).not.toContain(
      'was',
    );
    const failed = { ...kept(START - 1_000), verdict: ended('not-confirmed', 1_000) };
    expect(pumpRow(home, failed, 38)).toMatch(/^p Pump \? was on no answer$/);
    expect(pumpRow(home, failed, 44)).toMatch(/^p Pump \? was on, \d\d:\d\d no answer$/);
    expect(pumpRow(home, failed)).toMatch(/^p Pump \? was on, \d\d:\d\d not confirmed in 84 ms$/);
  });
});
