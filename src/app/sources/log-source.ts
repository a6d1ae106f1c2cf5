import type { HomeEvent } from '../../core/home/state/event.ts';
import type { Clock } from '../../io/clock.ts';
import type { LogTail } from '../../io/log-tail/log-tail.ts';
import type { Source } from '../session.ts';

/**
 * The broker's log of `--broker-log`: a file, or the word `journal` for the one of systemd. What reads it is loaded only
 * now: most runs have no log.
 */
export function logSource(log: string, clock: Clock): Source {
  return emit => {
    let isClosed = false;
    const opening = openTail(log, clock, event => {
      if (!isClosed) emit(event);
    });
    return {
      caughtUp: opening.then(tail => tail.caughtUp),
      close: async () => {
        isClosed = true;
        await (await opening).close();
      },
    };
  };
}

async function openTail(log: string, clock: Clock, emit: (event: HomeEvent) => void): Promise<LogTail> {
  if (log === 'journal') return (await import('../../io/log-tail/journal-tail.ts')).openJournalTail({ clock, emit });
  return (await import('../../io/log-tail/log-tail.ts')).openLogTail({ file: log, clock, emit });
}
