import { MONTHS, twoDigits, WEEKDAYS } from '../../core/moment-text.ts';

/** A round time below a column of the plot. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** A distance from tick to tick: about so long, ms, in so many columns at the least, and where the round times of here are. */
interface TickStep {
  readonly ms: number;
  readonly columns: number;
  readonly instants: (from: number, until: number) => readonly number[];
  readonly label: (date: Date) => string;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** From this on a weekday alone would stand there twice, ms. */
const WEEK_MS = 7 * DAY_MS;

const dayMonth = (date: Date): string => `${date.getDate()}.${date.getMonth() + 1}.`;
const isMidnight = (date: Date): boolean => date.getHours() === 0 && date.getMinutes() === 0;

/** All columns that a chart may have divide the first of them that is wide enough. */
const STEPS: readonly TickStep[] = [
  ...[1, 2, 5, 10, 30, 60, 180, 360, 720].map(minuteStep),
  dayStep(1, date => `${WEEKDAYS[date.getDay()]} ${date.getDate()}`),
  dayStep(7, dayMonth),
  dayStep(14, dayMonth),
  ...[1, 3, 6].map(months => monthStep(months)),
  ...[1, 2, 5, 10, 20].map(years => monthStep(12 * years)),
];

/** The round times of here between two moments, ms, as many as have room where a column is so many ms. */
export function ticksBetween(from: number, until: number, columnMs: number): readonly Tick[] {
  const step = STEPS.find(one => one.ms >= one.columns * columnMs) ?? STEPS.at(-1);
  if (step === undefined) return [];
  const isLong = until - from > WEEK_MS + DAY_MS;
  const label = step.ms === DAY_MS && isLong ? dayMonth : step.label;
  return step.instants(from, until).map(at => ({ at, label: label(new Date(at)) }));
}

/** Times at which the clock here shows a multiple of so many minutes: on a day of 25 hours one of them twice. */
function minuteStep(minutes: number): TickStep {
  const everyMs = Math.min(minutes, 15) * MINUTE_MS;
  return {
    ms: minutes * MINUTE_MS,
    columns: 9,
    instants: (from, until) => {
      const found: number[] = [];
      // Zones differ by multiples of 15 minutes.
      for (let at = Math.ceil(from / everyMs) * everyMs; at < until; at += everyMs) {
        const date = new Date(at);
        if ((date.getHours() * 60 + date.getMinutes()) % minutes === 0) found.push(at);
      }
      return found;
    },
    label: date =>
      isMidnight(date) ? dayMonth(date) : `${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`,
  };
}

/** Midnights; of weeks those before Monday. */
function dayStep(days: 1 | 7 | 14, label: TickStep['label']): TickStep {
  return {
    ms: days * DAY_MS,
    columns: 8,
    instants: (from, until) =>
      countUp(from, until, (date, place) => {
        const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
        // 1970 began with a Thursday.
        const past = (Date.UTC(year, month, day) / DAY_MS + 3) % days;
        return new Date(year, month, day - past + place * days);
      }),
    label,
  };
}

/** Firsts of months; January has the year. */
function monthStep(months: number): TickStep {
  return {
    ms: months * 30.5 * DAY_MS,
    columns: 7,
    instants: (from, until) =>
      countUp(from, until, (date, place) => {
        const past = (12 * date.getFullYear() + date.getMonth()) % months;
        return new Date(date.getFullYear(), date.getMonth() - past + place * months, 1);
      }),
    label: date => (date.getMonth() === 0 ? String(date.getFullYear()) : (MONTHS[date.getMonth()] ?? '')),
  };
}

function countUp(from: number, until: number, dateOf: (first: Date, place: number) => Date): readonly number[] {
  const found: number[] = [];
  for (let place = 0; ; place += 1) {
    const at = dateOf(new Date(from), place).getTime();
    if (at >= until) return found;
    if (at >= from) found.push(at);
  }
}
