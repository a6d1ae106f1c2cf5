import { describe, expect, it } from 'vitest';
import { alarmRows } from '../../../src/ui/alarms/alarm-rows.ts';
import { type AlarmsStep, askAlarms, firstAlarms, typeAlarms } from '../../../src/ui/alarms/alarms-view.ts';
import type { ScreenAsk } from '../../../src/ui/keys/intent.ts';
import { alarmsHome } from '../../helpers/ui/alarms-home.ts';
import { keysOf } from '../../helpers/ui/keys.ts';

const rows = alarmRows(alarmsHome().alarms);

function ask(asks: readonly ScreenAsk[], given = rows, isPast = false): AlarmsStep {
  return asks.reduce<AlarmsStep>((step, one) => askAlarms(step.view, one, given, { pageRows: 3, isPast }), {
    view: firstAlarms,
  });
}
const chosen = (...asks: readonly ScreenAsk[]): string | null => ask(asks).view.chosen;

describe('the list of alarms', () => {
  it('has those first that want somebody', () => {
    expect(rows.map(({ id }) => id)).toEqual([
      'flow-too-high',
      'return-low',
      'flow-high',
      'dhtclient-silent',
      'humidity-high',
    ]);
  });

  it('is gone through with the arrow keys, to its ends and no further', () => {
    expect(chosen('down')).toBe('return-low');
    expect(chosen('down', 'up', 'up')).toBe('flow-too-high');
    expect(chosen('last')).toBe('humidity-high');
    expect(chosen('last', 'down')).toBe('humidity-high');
    expect(chosen('page-down')).toBe('dhtclient-silent');
    expect(chosen('page-down', 'page-up')).toBe('flow-too-high');
    expect(chosen('last', 'first')).toBe('flow-too-high');
    expect(ask(['left', 'right']).view).toEqual(firstAlarms);
  });

  it('has no time to change, and says where there is one', () => {
    expect(ask(['longer'])).toEqual({
      view: firstAlarms,
      say: 'Enter shows an alarm in full, with its chart; there + and - change the time',
    });
    expect(ask(['open', 'shorter']).view.window).toBe(firstAlarms.window - 1);
  });

  it('keeps to the alarm that was chosen when another one comes in above it', () => {
    const { view } = ask(['down'], rows.slice(1));
    expect(askAlarms(view, 'open', rows, { pageRows: 3, isPast: false }).view.chosen).toBe('flow-high');
  });

  it('goes to what stands in the place of one that is gone', () => {
    const { view } = ask(['down', 'down']);
    const left = rows.filter(({ id }) => id !== 'flow-high');
    expect(askAlarms(view, 'open', left, { pageRows: 3, isPast: false }).view.chosen).toBe('dhtclient-silent');
  });

  it('shows one in full, turns its page, and goes back', () => {
    const { view } = ask(['down', 'open']);
    expect(view).toMatchObject({ chosen: 'return-low', isOpen: true, part: 0 });
    expect(ask(['open', 'open', 'open']).view.part).toBe(2);
    expect(ask(['open', 'open', 'down']).view).toMatchObject({ chosen: 'return-low', isOpen: true, part: 0 });
    expect(ask(['open', 'open', 'back']).view).toMatchObject({ isOpen: false, part: 0 });
    expect(ask(['open'], []).say).toBe('There is no alarm to show');
  });

  it('has a chart of a longer or shorter time only where one is shown', () => {
    expect(ask(['longer']).view.window).toBe(1);
    expect(ask(['open', 'longer']).view.window).toBe(2);
    expect(ask(['open', 'shorter', 'shorter'])).toMatchObject({
      view: { window: 0 },
      say: '10 min is the shortest time that a chart shows',
    });
    expect(ask(['open', ...Array<ScreenAsk>(7).fill('longer')]).say).toBe('all is the longest time that a chart shows');
  });
});

describe('an alarm', () => {
  it('is acknowledged where it waits for that', () => {
    expect(ask(['acknowledge']).act).toEqual({ kind: 'acknowledge', alarm: rows[0] });
    expect(ask(['down', 'down', 'acknowledge']).act).toEqual({ kind: 'acknowledge', alarm: rows[2] });
  });

  it('is not acknowledged twice', () => {
    const step = ask(['down', 'down', 'down', 'acknowledge']);
    expect(step.act).toBeUndefined();
    expect(step.say).toBe('DHT client is silent: acknowledged already by master');
  });

  it('that is shelved and not so has nothing to acknowledge', () => {
    const [first] = rows;
    if (first === undefined) throw new Error('there are alarms');
    const calm = { ...first, phase: 'normal' as const };
    expect(ask(['acknowledge'], [calm]).say).toBe(
      'Flow above 75 °C: it is not so, and there is nothing to acknowledge',
    );
  });

  it('is shelved with what was typed, and taken off the shelf at once', () => {
    const { view } = ask(['shelve']);
    if (view.form === null) throw new Error('a form is open');
    let step: AlarmsStep = { view };
    for (const key of keysOf('sweep<enter>')) {
      if (step.view.form !== null) step = typeAlarms(step.view, step.view.form, key, rows);
    }
    expect(step.act).toEqual({ kind: 'shelve', alarm: rows[0], forMs: 3_600_000, reason: 'sweep' });
    expect(step.view.form).toBeNull();
    expect(ask(['last', 'shelve']).act).toEqual({ kind: 'unshelve', alarm: rows[4] });
  });

  it('that is gone meanwhile is not shelved, and this is said', () => {
    const { form, ...view } = ask(['shelve']).view;
    if (form === null) throw new Error('a form is open');
    const [enter] = keysOf('<enter>');
    if (enter === undefined) throw new Error('a key');
    const step = typeAlarms({ ...view, form }, { ...form, reason: 'sweep' }, enter, rows.slice(1));
    expect(step.act).toBeUndefined();
    expect(step.say).toBe('Flow above 75 °C is not among the alarms any more');
  });

  it('of the past is left as it is', () => {
    for (const one of ['acknowledge', 'shelve'] as const) {
      expect(ask([one], rows, true)).toEqual({
        view: firstAlarms,
        say: 'This is the past: nothing can be acknowledged or shelved in it',
      });
      expect(ask([one], []).say).toBe(`There is no alarm to ${one}`);
    }
  });
});
