import { FrameKind } from './bytes/frame.ts';
import { ByteReader, ByteWriter } from './bytes/varint.ts';
import { type Listening, readListening, readSingle, writeListening, writeSingle } from './listening.ts';
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

/** What a frame of a roll-up file holds: `rows` of one series, or when somebody listened on that day. */
export type RollUpFrame =
  | { readonly day: number; readonly series: number; readonly rows: () => readonly RollUp[] }
  | { readonly day: number; readonly count: number; readonly listening: Listening };

/** The day that a frame is of; `null` where it is none of a roll-up. */
export function rollUpDay(payload: Uint8Array): number | null {
  try {
    const reader = new ByteReader(payload);
    const kind = reader.whole();
    return kind === FrameKind.dayEnd || kind === FrameKind.rollUp ? reader.whole() : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** Reads one frame; its rows only when they are asked for. `null` where it is none. Rows throw a `RangeError` if it lies. */
export function readRollUpFrame(payload: Uint8Array): RollUpFrame | null {
  try {
    const reader = new ByteReader(payload);
    const kind = reader.whole();
    if (kind === FrameKind.dayEnd) return readDayEnd(reader);
    if (kind !== FrameKind.rollUp) return null;
    const day = reader.whole();
    const series = reader.whole();
    const place = reader.at;
    return { day, series, rows: () => readRows(new ByteReader(payload, place)) };
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function readDayEnd(reader: ByteReader): RollUpFrame {
  const day = reader.whole();
  const count = reader.whole();
  const listening = readListening(reader);
  return { day, count, listening: { ...listening, ...readSingle(reader) } };
}

function readRows(reader: ByteReader): readonly RollUp[] {
  const rows: RollUp[] = [];
  let index = 0;
  let mean = 0;
  for (let left = reader.whole(); left > 0; left--) {
    index += reader.whole();
    const n = reader.whole();
    mean += reader.signed();
    const min = mean - reader.whole();
    const max = mean + reader.whole();
    rows.push({ index, n, min, max, mean, last: mean + reader.signed() });
  }
  return rows;
}
