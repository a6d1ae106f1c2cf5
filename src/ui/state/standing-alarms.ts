import type { AlarmBook, AlarmState } from '../../core/home/alarms/alarm.ts';
import { inOrder } from '../../core/home/alarms/alarm-order.ts';

const cache = new WeakMap<AlarmBook, readonly AlarmState[]>();

/** The alarms that nobody has acknowledged or shelved, whether still so or over; what is needed most comes first. */
export function standingAlarms(book: AlarmBook | null): readonly AlarmState[] {
  if (book === null) return [];
  const known = cache.get(book);
  if (known !== undefined) return known;
  const isStanding = ({ phase, shelf }: AlarmState): boolean =>
    (phase === 'active' || phase === 'returned') && shelf === null;
  const found = inOrder([...book.alarms.values()].filter(isStanding));
  cache.set(book, found);
  return found;
}
