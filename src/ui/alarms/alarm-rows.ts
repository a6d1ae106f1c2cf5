import type { AlarmBook, AlarmState } from '../../core/home/alarms/alarm.ts';
import { inOrder } from '../../core/home/alarms/in-order.ts';

/** How an alarm stands for whoever looks: `over` where it is, and nobody has acknowledged it. */
export type Standing = 'active' | 'over' | 'acknowledged' | 'shelved';

const cache = new WeakMap<AlarmBook, readonly AlarmState[]>();

/** The alarms of the list, in its order: what wants somebody comes first. */
export function alarmRows(book: AlarmBook | null): readonly AlarmState[] {
  if (book === null) return [];
  const known = cache.get(book);
  if (known !== undefined) return known;
  const rows = inOrder([...book.alarms.values()].filter(({ phase, shelf }) => phase !== 'normal' || shelf !== null));
  cache.set(book, rows);
  return rows;
}

/** In one word. */
export function standingOf({ phase, shelf }: AlarmState): Standing {
  if (shelf !== null) return 'shelved';
  return phase === 'acknowledged' ? 'acknowledged' : phase === 'returned' ? 'over' : 'active';
}

/** The place of the chosen row: that of the alarm, or where it was when it is not among them any more. */
export function placeIn(rows: readonly AlarmState[], chosen: string | null, place: number): number {
  const found = chosen === null ? -1 : rows.findIndex(({ id }) => id === chosen);
  return found >= 0 ? found : Math.max(0, Math.min(place, rows.length - 1));
}
