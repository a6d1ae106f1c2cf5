import type { AlarmBook } from '../core/home/alarms/alarm.ts';
import { standingAlarms } from '../ui/state/standing-alarms.ts';
import type { ConsoleOptions } from './console-options.ts';

/** What a terminal rings at, BEL (ECMA-48 8.3.3). */
const BELL = '\u0007';

/**
 * Rings once for each alarm that comes while the console is open, where that is wanted: not for a note, and not for each
 * one of a flood. Gives what ends it.
 */
export function openAlarmBell({
  store,
  writer,
  hasBell = false,
}: Pick<ConsoleOptions, 'store' | 'writer' | 'hasBell'>) {
  if (!hasBell) return () => {};
  let known: number | null = null;
  return store.subscribe(() => {
    const { alarms } = store.getState();
    if (alarms === null) return;
    const last = lastOf(alarms);
    // What stood there before is on the screen.
    const isNew = known !== null && last > known;
    known = Math.max(known ?? 0, last);
    if (isNew && alarms.flood === null) writer.send(BELL);
  });
}

/** The number of the newest alarm that stands: it counts up. */
function lastOf(book: AlarmBook): number {
  const loud = standingAlarms(book).filter(({ phase, priority }) => phase === 'active' && priority !== 'note');
  return loud.reduce((last, { order }) => Math.max(last, order), 0);
}
