import type { AlarmState } from '../../core/home/alarms/alarm.ts';
import type { KeyEvent } from '../../terminal/input/key-event.ts';
import type { ScreenAsk } from '../keys/intent.ts';
import { chartWindows } from '../layout/chart-time.ts';
import { clamp } from '../state/move-item.ts';
import { placeIn } from './alarm-rows.ts';
import { editShelveForm, openShelveForm, type ShelveForm } from './shelve-form.ts';

/** What somebody has chosen among the alarms. */
export interface AlarmsView {
  /** The alarm that is chosen; `null` before anything was drawn. */
  readonly chosen: string | null;
  /** Its row when it was last seen: where the choice goes when it is not among them any more. */
  readonly place: number;
  /** Whether it is shown in full. */
  readonly isOpen: boolean;
  /** How often that page was turned. */
  readonly part: number;
  /** The place of the time of its chart among those that charts have. */
  readonly window: number;
  /** What is being typed; `null` where nothing is. */
  readonly form: ShelveForm | null;
}

/** What is to be done with an alarm. */
export type AlarmWish =
  | { readonly kind: 'acknowledge' | 'unshelve'; readonly alarm: AlarmState }
  | { readonly kind: 'shelve'; readonly alarm: AlarmState; readonly forMs: number; readonly reason: string };

/** The alarms after a key, and what is to be said or done. */
export interface AlarmsStep {
  readonly view: AlarmsView;
  readonly say?: string;
  readonly act?: AlarmWish;
}

/** An hour. */
const USUAL_WINDOW = 1;

/** The alarms as they begin. */
export const firstAlarms: AlarmsView = {
  ...{ chosen: null, place: 0, isOpen: false, part: 0, window: USUAL_WINDOW, form: null },
};

/** What a key asks for; `pageRows` are the rows of a screenful. Where it is the past nothing is done. */
export function askAlarms(
  view: AlarmsView,
  ask: ScreenAsk,
  rows: readonly AlarmState[],
  { pageRows, isPast }: { readonly pageRows: number; readonly isPast: boolean },
): AlarmsStep {
  const place = placeIn(rows, view.chosen, view.place);
  const row = rows[place];
  const go = (to: number): AlarmsStep => {
    const next = clamp(to, 0, Math.max(0, rows.length - 1));
    return { view: { ...view, place: next, chosen: rows[next]?.id ?? null, part: 0 } };
  };
  switch (ask) {
    case 'up':
      return go(place - 1);
    case 'down':
      return go(place + 1);
    case 'page-up':
      return go(place - pageRows);
    case 'page-down':
      return go(place + pageRows);
    case 'first':
      return go(0);
    case 'last':
      return go(rows.length - 1);
    case 'left':
    case 'right':
      return { view };
    case 'longer':
    case 'shorter':
      if (!view.isOpen)
        return { view, say: 'Enter shows an alarm in full, with its chart; there + and - change the time' };
      return changeWindow(view, ask === 'longer' ? 1 : -1);
    case 'back':
      return { view: { ...view, isOpen: false, part: 0 } };
    case 'open':
      if (row === undefined) return { view, say: 'There is no alarm to show' };
      return { view: { ...view, chosen: row.id, isOpen: true, part: view.isOpen ? view.part + 1 : 0 } };
    case 'acknowledge':
    case 'shelve':
      if (isPast) return { view, say: 'This is the past: nothing can be acknowledged or shelved in it' };
      if (row === undefined) return { view, say: `There is no alarm to ${ask}` };
      return ask === 'shelve' ? shelve(view, row) : acknowledge(view, row);
  }
}

function changeWindow(view: AlarmsView, by: 1 | -1): AlarmsStep {
  const window = view.window + by;
  if (chartWindows[window] !== undefined) return { view: { ...view, window } };
  const { label } = chartWindows[view.window] ?? { label: 'This' };
  return { view, say: `${label} is the ${by > 0 ? 'longest' : 'shortest'} time that a chart shows` };
}

function acknowledge(view: AlarmsView, alarm: AlarmState): AlarmsStep {
  const { phase, acknowledgedBy, label } = alarm;
  if (phase === 'active' || phase === 'returned') return { view, act: { kind: 'acknowledge', alarm } };
  if (phase === 'normal') return { view, say: `${label}: it is not so, and there is nothing to acknowledge` };
  return { view, say: `${label}: acknowledged already${acknowledgedBy === null ? '' : ` by ${acknowledgedBy}`}` };
}

function shelve(view: AlarmsView, alarm: AlarmState): AlarmsStep {
  if (alarm.shelf !== null) return { view, act: { kind: 'unshelve', alarm } };
  return { view: { ...view, form: openShelveForm(alarm.id, alarm.label) } };
}

/** What a key does while something is typed. */
export function typeAlarms(view: AlarmsView, form: ShelveForm, key: KeyEvent, rows: readonly AlarmState[]): AlarmsStep {
  const step = editShelveForm(form, key);
  const next: AlarmsView = { ...view, form: step.form };
  if (step.shelve === undefined) return step.say === undefined ? { view: next } : { view: next, say: step.say };
  const { id, forMs, reason } = step.shelve;
  const alarm = rows.find(one => one.id === id);
  if (alarm === undefined) return { view: next, say: `${form.label} is not among the alarms any more` };
  return { view: next, act: { kind: 'shelve', alarm, forMs, reason } };
}
