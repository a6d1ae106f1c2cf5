import { FrameKind } from './bytes/frame.ts';
import { ByteReader, ByteWriter } from './bytes/varint.ts';
import type { ReadingsBySeries } from './readings.ts';
import { readSpans, type Span, writeSpans } from './spans.ts';

/** What is written to the log of a day at once: what was heard, and when somebody listened. */
export interface Batch {
  readonly heard: readonly Span[];
  readonly readings: ReadingsBySeries;
}

/** From the first second that a batch tells of to the last one, which is not in it; `null` for an empty batch. */
export function spanOf({ heard, readings }: Batch): Span | null {
  let [from, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const add = (first: number, last: number): void => {
    from = Math.min(from, first);
    until = Math.max(until, last);
  };
  for (const span of heard) add(span.from, span.until);
  for (const list of readings.values()) {
    const [first, last] = [list[0], list.at(-2)];
    if (first !== undefined && last !== undefined) add(first, last);
  }
  return until >= from ? { from, until } : null;
}

/** What reads batches: called for each stretch of listening and for each reading, in the order of the file. */
export interface BatchVisitor {
  readonly heard?: (span: Span) => void;
  readonly reading?: (series: number, second: number, value: number) => void;
  /** Asked, after its listening was told, whether its readings are worth a look; they are unless it says no. */
  readonly isWanted?: (heard: readonly Span[]) => boolean;
}

/**
 * The payload of a batch: each reading as the difference of its time step to the one before, and of its value to the one
 * before, which for a sensor with a cadence are small numbers.
 */
export function encodeBatch({ heard, readings }: Batch): Uint8Array {
  const writer = new ByteWriter();
  const base = heard[0]?.from ?? firstSecond(readings);
  writer.whole(FrameKind.batch);
  writer.whole(base);
  writeSpans(writer, heard, base);
  writer.whole(readings.size);
  for (const [series, list] of readings) {
    writer.whole(series);
    writer.whole(list.length / 2);
    let [before, step, value] = [base, 0, 0];
    for (let place = 0; place < list.length; place += 2) {
      const nextStep = (list[place] ?? 0) - before;
      writer.signed(nextStep - step);
      writer.signed((list[place + 1] ?? 0) - value);
      [before, step, value] = [list[place] ?? 0, nextStep, list[place + 1] ?? 0];
    }
  }
  return writer.take();
}

/** Reads a batch; whether it was one. */
export function visitBatch(payload: Uint8Array, visitor: BatchVisitor): boolean {
  try {
    const reader = new ByteReader(payload);
    if (reader.whole() !== FrameKind.batch) return false;
    const base = reader.whole();
    const heard = readSpans(reader, base);
    for (const span of heard) visitor.heard?.(span);
    const { reading } = visitor;
    if (reading === undefined || visitor.isWanted?.(heard) === false) return true;
    for (let series = reader.whole(); series > 0; series--) visitSeries(reader, base, reading);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function visitSeries(reader: ByteReader, base: number, visit: NonNullable<BatchVisitor['reading']>): void {
  const series = reader.whole();
  let [second, step, value] = [base, 0, 0];
  for (let left = reader.whole(); left > 0; left--) {
    step += reader.signed();
    second += step;
    value += reader.signed();
    visit(series, second, value);
  }
}

function firstSecond(readings: ReadingsBySeries): number {
  for (const list of readings.values()) return list[0] ?? 0;
  return 0;
}
