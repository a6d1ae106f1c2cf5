import { dayOf } from '../../core/history/calendar.ts';
import type { Issue } from '../../core/issue.ts';
import { keepTallies } from '../../io/history-store/events/tallies.ts';
import { historyTrouble } from '../../io/history-store/trouble.ts';
import type { HistoryWriter } from '../../io/history-store/writer.ts';
import { asIssue, prune, type Room, tellOver } from './room.ts';
import { BrokenOff, createTrouble, type TroubleSetup } from './trouble.ts';

/** What is done once a day: the days that are over are sealed, and what need not be kept is removed. */
export interface Sealing {
  /** Does it, in pieces, where it was not done today. Never rejects. */
  readonly seal: (writer: HistoryWriter) => Promise<void>;
  /** Breaks it off at the next piece: it goes on with the next recording. */
  readonly breakOff: () => void;
}

/** Between two parts of a day that are sealed, ms: keys and pictures come first. */
const PAUSE_MS = 50;

/** Makes it; `say` tells the history of itself. */
export function createSealing(setup: TroubleSetup & Room & { readonly say: (text: string) => void }): Sealing {
  const { clock, folder } = setup;
  const trouble = createTrouble(setup, error => sealingTrouble(folder, error));
  const room = createTrouble(setup, asIssue, `the history in ${folder} is as small as it is to be`);
  let sealedBefore = Number.NEGATIVE_INFINITY;
  let isSealing = false;
  let isClosing = false;
  const pause = (): Promise<void> =>
    new Promise((resolve, reject) => {
      clock.after(PAUSE_MS, () => (isClosing ? reject(new BrokenOff()) : resolve()));
    });
  return {
    seal: async writer => {
      const today = dayOf(clock.wallNow() / 1_000);
      // Two at once would each take the other's half for its own: a slow card takes longer than a minute.
      if (today <= sealedBefore || isSealing) return;
      isSealing = true;
      try {
        await writer.seal(today, pause);
        await keepTallies(folder, pause);
        tellOver(await prune(setup, today, pause), setup, room);
        sealedBefore = today;
        trouble.settle();
      } catch (error) {
        trouble.tell(error);
      } finally {
        isSealing = false;
      }
    },
    breakOff: () => {
      isClosing = true;
    },
  };
}

/** The day stays readable as it is: only its size and its roll-ups wait. */
function sealingTrouble(folder: string, error: unknown): Issue {
  const { message, ...others } = historyTrouble(folder, error, 'written');
  return { ...others, message: `a day of the history was not made small: ${message}` };
}
