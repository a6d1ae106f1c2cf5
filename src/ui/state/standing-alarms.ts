import type { AlarmBook, AlarmState } from '../../core/home/alarms/alarm.ts';
import { inOrder } from '../../core/home/alarms/in-order.ts';

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

/**
 * Whether a trouble is to be told before the highest alarm: an alarm may wait until its limit was left for long enough, one
 * that is over does not go before what is so now, and what was denied to whom stands in the reason of who fell silent by it.
 */
export function yieldsToTrouble(book: AlarmBook | null, isCritical: boolean): boolean {
  const [first] = standingAlarms(book);
  if (first === undefined || first.phase !== 'active' || first.priority === 'note') return true;
  return first.priority !== 'alarm' && (isCritical || first.about.length === 0);
}
