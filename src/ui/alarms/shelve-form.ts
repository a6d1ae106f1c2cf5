import { tailText } from '../../core/fit-text.ts';
import type { KeyEvent } from '../../terminal/input/key-event.ts';
import { keyHints, keysText } from '../keys/key-hints.ts';
import { type Box, boxed, keysLine, rowsOf } from '../screens/box.ts';
import { typeText } from '../state/typed-text.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { fitLine, type Line, overlayLines, span } from '../text/line.ts';
import { nearMoment } from '../text/near-moment.ts';

/** An alarm that is to be shelved: for how long, and why. */
export interface ShelveForm {
  readonly id: string;
  readonly label: string;
  /** The place of the time among those that can be chosen. */
  readonly time: number;
  readonly reason: string;
  /** Why it could not be done, a sentence; `null` before that. */
  readonly fault: string | null;
}

/** What a key makes of a form: another one, none where it is given up, or what is to be done. */
export interface ShelveStep {
  readonly form: ShelveForm | null;
  readonly shelve?: { readonly id: string; readonly forMs: number; readonly reason: string };
  readonly say?: string;
}

const MINUTE_MS = 60_000;
/** The times that can be chosen, ms; what is longer would be forgotten. */
const TIMES = [15, 30, 60, 120, 240, 480, 720, 1_440].map(minutes => minutes * MINUTE_MS);
/** An hour. */
const USUAL = 2;
/** Longer than any reason that is read. */
const LONGEST = 80;
const WIDTH = 56;

/** The form as it begins. */
export const openShelveForm = (id: string, label: string): ShelveForm => ({
  ...{ id, label, time: USUAL, reason: '', fault: null },
});

/** What a key does: arrows change the time, all else is typed for the reason. */
export function editShelveForm(form: ShelveForm, key: KeyEvent): ShelveStep {
  const { id, label, reason } = form;
  if (key.type === 'key') {
    const by = key.name === 'right' || key.name === 'up' ? 1 : key.name === 'left' || key.name === 'down' ? -1 : 0;
    if (by !== 0) return { form: { ...form, time: Math.max(0, Math.min(TIMES.length - 1, form.time + by)) } };
  }
  const made = typeText(reason, key, LONGEST);
  if (made.type === 'text') return { form: { ...form, reason: made.text, fault: null } };
  if (made.type === 'escape') return { form: null, say: `${label} is not shelved` };
  if (made.type !== 'enter') return { form };
  if (reason.trim() === '') return { form: { ...form, fault: 'Say why: whoever looks next will want to know' } };
  return { form: null, shelve: { id, forMs: timeOf(form), reason: reason.trim() } };
}

const timeOf = ({ time }: ShelveForm): number => TIMES[time] ?? 60 * MINUTE_MS;

/** The form over the screen. */
export function withShelveForm(view: HouseView, lines: Lines, form: ShelveForm, { columns, rows }: Size): Lines {
  const width = Math.min(WIDTH, columns);
  const room = width - 6;
  const forMs = timeOf(form);
  const shown = tailText(form.reason, Math.max(1, room - 9));
  const text: Lines = [
    ...rowsOf(form.label, 'strong', room, 2),
    [
      ...[span('For     ', 'muted'), span(timeText(forMs), 'input')],
      span(`  until ${nearMoment(view, view.home.at + forMs)}`, 'muted'),
    ],
    [span('Why     ', 'muted'), span(shown, 'input'), span(' ', 'focus')],
    ...(form.fault === null ? rowsOf(MEANWHILE, 'muted', room, 2) : rowsOf(form.fault, 'warning', room, 2)),
  ];
  const answers: Line = fitLine(
    [
      ...keysLine([keysText('← →', view.glyphs)], 'time  '),
      ...keysLine(['Enter'], 'shelve  '),
      ...keysLine(['Esc'], 'leave'),
    ],
    room,
  );
  const box: Box = { title: 'Shelve', text, answers };
  const over = boxed(view, box, width, rows);
  const [column, row] = [Math.floor((columns - width) / 2), Math.max(0, Math.floor((rows - over.length) / 2))];
  return overlayLines(lines, over, column, row);
}

/** `15 min`, `1 h` */
const timeText = (ms: number): string => (ms < 60 * MINUTE_MS ? `${ms / MINUTE_MS} min` : `${ms / (60 * MINUTE_MS)} h`);

const MEANWHILE = 'Meanwhile it is told to nobody; it comes back by itself';

/** The keys while it is open. */
export function shelveKeys({ glyphs }: HouseView, width: number): Line {
  const keys = [
    ['Enter', 'shelve'],
    ['←', 'shorter'],
    ['→', 'longer'],
    ['Esc', 'leave'],
  ] as const;
  return fitLine(keyHints(keys, glyphs), width);
}
