import { FrameKind } from './bytes/frame.ts';
import { type ByteReader, ByteWriter } from './bytes/varint.ts';
import { type Listening, writeListening, writeSingle } from './listening.ts';
import type { Readings } from './readings.ts';

/** The lengths of the roll-ups, seconds, the finer first. One of a minute would take twice what the readings take. */
export const ROLL_UPS = [300, 3_600] as const;
export type RollUpStep = (typeof ROLL_UPS)[number];

/** What a series said in one stretch of time; values as they are kept. */
export interface RollUp {
  /** Which stretch: its start is `index` times its length, seconds since 1970. */
  readonly index: number;
  /** How many readings, from 1 on. */
  readonly n: number;
  readonly min: number;
  readonly max: number;
  /** Rounded to the digits of the series. */
  readonly mean: number;
  readonly last: number;
}

/** The stretches of `stepS` seconds in which something was said; the readings are in their order. */
export function rollUp(readings: Readings, stepS: number): readonly RollUp[] {
  const found: RollUp[] = [];
  let open: { index: number; n: number; min: number; max: number; sum: number; last: number } | null = null;
  const close = (): void => {
    if (open === null) return;
    const { sum, ...others } = open;
    // There is no -0 in whole numbers. A sum of very large values is rounded, too: their mean stays between them.
    const mean = Math.min(others.max, Math.max(others.min, Math.round(sum / others.n))) + 0;
    found.push({ ...others, mean });
  };
  for (let place = 0; place < readings.length; place += 2) {
    const index = Math.floor((readings[place] ?? 0) / stepS);
    const value = readings[place + 1] ?? 0;
    if (open === null || open.index !== index) {
      close();
      open = { index, n: 0, min: value, max: value, sum: 0, last: value };
    }
    open.n++;
    open.sum += value;
    open.min = Math.min(open.min, value);
    open.max = Math.max(open.max, value);
    open.last = value;
  }
  close();
  return found;
}

/** The payload of a day's roll-ups of one series. */
export function encodeRollUps(day: number, series: number, rows: readonly RollUp[]): Uint8Array {
  const writer = new ByteWriter();
  for (const number of [FrameKind.rollUp, day, series, rows.length]) writer.whole(number);
  let [index, mean] = [0, 0];
  for (const row of rows) {
    writer.whole(row.index - index);
    writer.whole(row.n);
    writer.signed(row.mean - mean);
    writer.whole(row.mean - row.min);
    writer.whole(row.max - row.mean);
    writer.signed(row.last - row.mean);
    ({ index, mean } = row);
  }
  return writer.take();
}

/** The payload that ends a day's roll-ups: with those of so many series before it they are complete. */
export function encodeDayEnd(day: number, count: number, listening: Listening): Uint8Array {
  const writer = new ByteWriter();
  for (const number of [FrameKind.dayEnd, day, count]) writer.whole(number);
  writeListening(writer, listening);
  writeSingle(writer, listening);
  return writer.take();
}

/**
 * Reads the rows whose index is from `first` on and below `until`, all unless it is said, into a list: they are good until
 * others are read into it. Throws a `RangeError` if they lie.
 */
export type ReadRollUps = (into: number[], first?: number, until?: number) => RollUpRows;

/** What rows that follow each other have in common. */
export interface RowsSum {
  readonly n: number;
  readonly min: number;
  readonly max: number;
  /** Of all readings. */
  readonly sum: number;
  /** The newest value, and the index of its row. */
  readonly last: number;
  readonly lastIndex: number;
  /** The place of the row behind them. */
  readonly next: number;
}

/** Numbers that a row takes: index, n, mean, min, max, last. */
const FIELDS = 6;

/**
 * The rows of one series on one day, in the order of time. They are no objects: of a year there are so many that making them
 * would take longer than all the rest.
 */
export class RollUpRows {
  /** How many there are. */
  readonly length: number;

  /** `reader` stands before the number of rows. */
  constructor(
    reader: ByteReader,
    private readonly numbers: number[],
    first = 0,
    until = Number.POSITIVE_INFINITY,
  ) {
    const length = reader.whole();
    reader.wholes(FIELDS * length, numbers);
    addUp(numbers, FIELDS * length);
    const isCut = first > 0 || until < Number.POSITIVE_INFINITY;
    this.length = isCut ? cut(numbers, length, { first, until }) : length;
  }

  /** The index of the row at a place, from 0 on. */
  indexAt(place: number): number {
    return this.numbers[FIELDS * place] ?? 0;
  }

  /** Sums up the row at a place and those behind it with an index below `until`, as the whole numbers that they are. */
  sumUntil(place: number, until: number): RowsSum {
    const { numbers } = this;
    const start = FIELDS * place;
    const end = FIELDS * this.length;
    let [n, sum, last, lastIndex] = [0, 0, 0, 0];
    let [min, max] = [numbers[start + 3] ?? 0, numbers[start + 4] ?? 0];
    let at = start;
    do {
      lastIndex = numbers[at] ?? 0;
      const count = numbers[at + 1] ?? 0;
      n += count;
      sum += count * (numbers[at + 2] ?? 0);
      const low = numbers[at + 3] ?? 0;
      if (low < min) min = low;
      const high = numbers[at + 4] ?? 0;
      if (high > max) max = high;
      last = numbers[at + 5] ?? 0;
      at += FIELDS;
    } while (at < end && (numbers[at] ?? 0) < until);
    return { n, min, max, sum, last, lastIndex, next: at / FIELDS };
  }

  /** Each as an object of its own. */
  all(): readonly RollUp[] {
    const { numbers } = this;
    return Array.from({ length: this.length }, (_, place) => {
      const [index = 0, n = 0, mean = 0, min = 0, max = 0, last = 0] = numbers.slice(
        FIELDS * place,
        FIELDS * (place + 1),
      );
      return { index, n, min, max, mean, last };
    });
  }
}

/**
 * Makes of what is written, most of it as a difference, the numbers themselves. What `signed` of a `ByteReader` does is written
 * out: of a year two calls for each row take as long as this does.
 */
function addUp(numbers: number[], end: number): void {
  let [index, mean] = [0, 0];
  for (let at = 0; at < end; at += FIELDS) {
    index += numbers[at] ?? 0;
    const change = numbers[at + 2] ?? 0;
    mean += (change & 1) === 0 ? change / 2 : -(change + 1) / 2;
    numbers[at] = index;
    numbers[at + 2] = mean;
    numbers[at + 3] = mean - (numbers[at + 3] ?? 0);
    numbers[at + 4] = mean + (numbers[at + 4] ?? 0);
    const last = numbers[at + 5] ?? 0;
    numbers[at + 5] = mean + ((last & 1) === 0 ? last / 2 : -(last + 1) / 2);
  }
}

/** Leaves the rows between two indexes at the begin of the list; gives how many they are. */
function cut(
  numbers: number[],
  length: number,
  { first, until }: { readonly first: number; readonly until: number },
): number {
  let kept = 0;
  for (let place = 0; place < length; place++) {
    const index = numbers[FIELDS * place] ?? 0;
    if (index < first || index >= until) continue;
    numbers.copyWithin(FIELDS * kept, FIELDS * place, FIELDS * (place + 1));
    kept += 1;
  }
  return kept;
}
