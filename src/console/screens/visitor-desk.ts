import type { ReplayStatus } from '../../app/replay/player.ts';
import type { ReadHappened } from '../../app/visits/event-reader.ts';
import { type Occurrence, occurrencesOf } from '../../core/history/query/occurrences.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { getRow } from '../../core/home/state/table.ts';
import type { Clock } from '../../io/clock.ts';
import type { ScreenAsk } from '../../ui/keys/intent.ts';
import type { Readable } from '../../ui/state/pace.ts';
import { heardOccurrences, occurringIds } from '../../ui/visitors/heard-occurrences.ts';
import { visitPage } from '../../ui/visitors/visits-pane.ts';
import type { ScreenDesk } from './loaded-screens.ts';

/** What the desk is given. */
export interface VisitorDeskSetup {
  /** The living house, or the past of it. */
  readonly home: Readable<HomeState>;
  /** Where it is the past: how that goes by. */
  readonly replay: () => ReplayStatus | null;
  readonly clock: Pick<Clock, 'wallNow' | 'after'>;
  /** The time of day of an event's `at`, both ms since 1970. */
  readonly timeOfDay: (at: number) => number;
  /** Reads what is kept; `null` where nothing is. */
  readonly readHappened: ReadHappened | null;
  readonly redraw: () => void;
}

const DAY_MS = 86_400_000;
/** So much is read at first, and again each time that the end of it is reached, ms. */
const STRETCH_MS = 30 * DAY_MS;
/** What happened is written within a second: what is new is read so long after it, ms. */
const WRITTEN_MS = 1_500;
/** In a replay all is written long since, and many a moment may go by: it is read so long after one that brings news, ms. */
const REPLAY_WAIT_MS = 200;
/** For how long nobody listened is counted anew after so much time, ms. */
const COUNT_MS = 600_000;

/** What was read of the history. */
interface Kept {
  readonly occurrences: readonly Occurrence[];
  readonly since: number | null;
  readonly unheardMs: number;
  readonly trouble: string | null;
  /** When it was read for, ms. */
  readonly until: number;
}

/** Begins a visit to the visitors. */
export function openVisitorDesk(setup: VisitorDeskSetup): ScreenDesk {
  const { home, clock, readHappened, redraw } = setup;
  const now = (): number => setup.replay()?.at ?? clock.wallNow();
  const memory = createMemory(setup, now);
  let top = 0;
  let page = { most: 1, height: 1 };
  let rows = occurring(home.getState());
  let isDue = false;
  const scroll = (to: number): void => {
    top = Math.max(0, Math.min(to, page.most - page.height));
    if (top + page.height >= page.most) memory.readEarlier();
    redraw();
  };
  void memory.read();
  return {
    ask: ask => scroll(target(ask, top, page)),
    type: () => {},
    isTyping: () => false,
    isDeep: () => false,
    lines: (house, size) => {
      const isKept = readHappened !== null;
      const kept = memory.kept();
      const occurrences = isKept ? memory.known() : heardOccurrences(house.home, setup.timeOfDay);
      const begun = house.home.listeningSince;
      const drawn = visitPage(house, size, {
        ...{ occurrences, isReading: isKept && kept === null, isKept, now: now(), top },
        since: isKept ? memory.since() : begun === null ? null : setup.timeOfDay(begun),
        ...{ unheardMs: kept?.unheardMs ?? 0, trouble: kept?.trouble ?? null },
      });
      // What comes in above must not move what is read.
      if (top > 0 && drawn.most > page.most && memory.isFirst()) top += drawn.most - page.most;
      page = drawn;
      return drawn.lines;
    },
    keys: () => null,
    heard: () => {
      const next = occurring(home.getState());
      if (isDue || (memory.isRecent() && next.every((row, place) => row === rows[place]))) return;
      rows = next;
      isDue = true;
      clock.after(setup.replay() === null ? WRITTEN_MS : REPLAY_WAIT_MS, () => {
        isDue = false;
        void memory.read();
      });
    },
  };
}

/** What is kept of who came, as far back as somebody has looked. */
function createMemory({ home, replay, readHappened, redraw }: VisitorDeskSetup, now: () => number) {
  let kept: Kept | null = null;
  let lengthMs = STRETCH_MS;
  let isReading = false;
  const read = async (): Promise<void> => {
    if (readHappened === null || isReading) return;
    isReading = true;
    const until = now();
    const told = await readHappened(until - lengthMs, until + 1);
    isReading = false;
    if (told.ok) {
      const { events, since, unheardMs } = told.value;
      const occurrences = occurrencesOf(events, home.getState().house, null);
      kept = { occurrences, since, unheardMs, trouble: null, until };
    } else {
      const { message } = told.error;
      kept = { occurrences: kept?.occurrences ?? [], since: null, unheardMs: 0, trouble: message, until };
    }
    redraw();
  };
  return {
    read,
    kept: () => kept,
    /** In a replay nobody knows who will ring: what was read may be of a later moment. */
    known: (): readonly Occurrence[] => {
      const at = replay()?.at ?? Number.POSITIVE_INFINITY;
      return (kept?.occurrences ?? []).filter(({ until }) => until <= at);
    },
    /** The stretch that was read, as far as anything is kept. */
    since: () => (kept?.since === null || kept === null ? null : Math.max(kept.since, now() - lengthMs)),
    /** Whether what was read is of about now. */
    isRecent: () => {
      const ageMs = now() - (kept?.until ?? now());
      return ageMs >= 0 && ageMs < COUNT_MS;
    },
    /** Whether no more was read than at the beginning. */
    isFirst: () => lengthMs === STRETCH_MS,
    readEarlier: () => {
      if (isReading || kept?.since == null || kept.since >= now() - lengthMs) return;
      lengthMs += STRETCH_MS;
      void read();
    },
  };
}

/** What is known of the items that tell of visitors: as long as nobody comes these are the same. */
const occurring = (home: HomeState) => occurringIds(home).map(id => getRow(home.words, id));

/** The first row that a key leads to. */
function target(
  ask: ScreenAsk,
  top: number,
  { most, height }: { readonly most: number; readonly height: number },
): number {
  switch (ask) {
    case 'up':
      return top - 1;
    case 'down':
      return top + 1;
    case 'page-up':
      return top - height;
    case 'page-down':
      return top + height;
    case 'first':
      return 0;
    case 'last':
      return most;
    default:
      return top;
  }
}
