import type { Batch } from '../../core/history/batch.ts';
import { DAY_S, dayOf } from '../../core/history/calendar.ts';
import { keptDigits } from '../../core/history/import/targets.ts';
import { scaleValue } from '../../core/history/series.ts';
import type { Span } from '../../core/history/spans.ts';
import type { House } from '../../core/house/house.ts';

/** What was heard and is not written yet, by days of UTC. */
export interface Pending {
  readonly addReading: (sensorId: string, second: number, value: number) => void;
  readonly addHeard: (span: Span) => void;
  /** Closes what was added since the last time, so that it is written as one. */
  readonly closeBatch: () => void;
  /** Moves all of it in time, by whole seconds: the clock that it was stamped with was wrong by so much. */
  readonly shift: (byS: number) => void;
  /** What is to be written next; `null` where nothing is. Batches are given again until they are `done`. */
  readonly next: () => Waiting | null;
  /** All that is closed, the oldest first. */
  readonly all: () => readonly Waiting[];
  readonly done: (waiting: Waiting) => void;
  /** Forgets all: it was at no time that anybody knows. */
  readonly clear: () => void;
}

/** A batch that waits; made ready for the writer when it comes to that. */
export interface Waiting {
  readonly day: number;
  /** From the first second of it to the one behind the last. */
  readonly span: Span;
  readonly toBatch: (numberOf: (id: string, unit: string, scale: number) => number) => Batch;
}

/** One batch a minute: when nothing can be written for longer than an hour, the oldest minute goes. */
const MOST_WAITING = 60;
/** So many readings are a batch before its minute is over. */
const MOST_READINGS = 50_000;

interface Heard {
  /** As it was when this was heard: another unit by now is none of these values. */
  readonly house: House;
  readonly heard: Span[];
  readonly readings: Map<string, number[]>;
  readonly span: { from: number; until: number };
  count: number;
}

/** Makes the list of what waits; `house` is asked when something is heard. */
export function createPending(house: () => House): Pending {
  let open = new Map<number, Heard>();
  let waiting: (Waiting & { readonly heard: Heard })[] = [];
  const closeBatch = (): void => {
    for (const [day, batch] of open) {
      const { house: heardIn, heard, readings, span } = batch;
      waiting.push({
        day,
        span,
        heard: batch,
        toBatch: numberOf => ({ heard, readings: toNumbers(heardIn, readings, numberOf) }),
      });
    }
    open = new Map();
    waiting.splice(0, waiting.length - MOST_WAITING);
  };
  const openOf = ({ from, until }: Span, heardIn: House): Heard => {
    const known = open.get(dayOf(from));
    if (known?.house === heardIn) {
      known.span.from = Math.min(known.span.from, from);
      known.span.until = Math.max(known.span.until, until);
      return known;
    }
    const [other] = open.values();
    if (other !== undefined && other.house !== heardIn) closeBatch();
    const fresh = { house: heardIn, heard: [], readings: new Map(), span: { from, until }, count: 0 };
    open.set(dayOf(from), fresh);
    return fresh;
  };
  const addReading = (sensorId: string, second: number, value: number, heardIn: House): void => {
    const batch = openOf({ from: second, until: second + 1 }, heardIn);
    const list = batch.readings.get(sensorId);
    if (list === undefined) batch.readings.set(sensorId, [second, value]);
    else list.push(second, value);
    if (++batch.count >= MOST_READINGS) closeBatch();
  };
  const addHeard = ({ from, until }: Span, heardIn: House): void => {
    for (let start = from; start < until; ) {
      const end = Math.min(until, (dayOf(start) + 1) * DAY_S);
      const span = { from: start, until: end };
      openOf(span, heardIn).heard.push(span);
      start = end;
    }
  };
  return {
    addReading: (sensorId, second, value) => addReading(sensorId, second, value, house()),
    addHeard: span => addHeard(span, house()),
    closeBatch,
    shift: byS => {
      const before = [...waiting.map(({ heard }) => heard), ...open.values()];
      waiting = [];
      open = new Map();
      for (const { house: heardIn, heard, readings } of before) {
        for (const { from, until } of heard) addHeard({ from: from + byS, until: until + byS }, heardIn);
        for (const [id, list] of readings) {
          for (let place = 0; place < list.length; place += 2)
            addReading(id, (list[place] ?? 0) + byS, list[place + 1] ?? 0, heardIn);
        }
        closeBatch();
      }
    },
    next: () => waiting[0] ?? null,
    all: () => waiting,
    done: one => {
      waiting = waiting.filter(other => other !== one);
    },
    clear: () => {
      open = new Map();
      waiting = [];
    },
  };
}

/** The readings as they are kept: with one digit more than is shown. A value that no number can stand for is left out. */
function toNumbers(
  house: House,
  readings: ReadonlyMap<string, readonly number[]>,
  numberOf: (id: string, unit: string, scale: number) => number,
): Map<number, readonly number[]> {
  const numbered = new Map<number, readonly number[]>();
  for (const [id, list] of readings) {
    const scale = keptDigits(house, id);
    const scaled: number[] = [];
    for (let place = 0; place < list.length; place += 2) {
      const value = scaleValue(list[place + 1] ?? 0, scale);
      if (value !== null) scaled.push(list[place] ?? 0, value);
    }
    if (scaled.length > 0) numbered.set(numberOf(id, house.sensors.get(id)?.unit ?? '', scale), scaled);
  }
  return numbered;
}
