import type { Clock } from '../io/clock.ts';
import { openJournalTail } from '../io/journal-tail.ts';
import { openLogTail } from '../io/log-tail.ts';
import type { Source } from './session.ts';

/** The broker's log of `--broker-log`: a file, or the word `journal` for the one of systemd. */
export function logSource(log: string, clock: Clock): Source {
  return emit => (log === 'journal' ? openJournalTail({ clock, emit }) : openLogTail({ file: log, clock, emit }));
}
