import { statSync } from 'node:fs';
import { visitBatch } from '../../core/history/batch.ts';
import { BLOCK_S, type BlockHead, decodeBlock } from '../../core/history/block.ts';
import { hasContent, payloadAt, readFrames } from '../../core/history/bytes/frame.ts';
import { DAY_S, dayOf } from '../../core/history/calendar.ts';
import { readDayFile } from '../../core/history/day-file.ts';
import { joinListening, type Listening, notListening } from '../../core/history/listening.ts';
import { type Readings, uniteReadings } from '../../core/history/readings.ts';
import { mergeSpans, type Span } from '../../core/history/spans.ts';
import { ROOM_BYTES } from './append-file.ts';
import { zlibDeflate } from './deflate.ts';
import { readBytes, readBytesFrom } from './disk-file.ts';
import { dayFile, logFile } from './file-names.ts';
import { listeningByRollUp } from './read-roll-up.ts';

/** What the files of a day hold. */
export interface DayRead {
  /** The readings of each series, in the order of time. */
  readonly readings: ReadonlyMap<number, Readings>;
  readonly listening: Listening;
}

/** Which part of a day is wanted. */
export interface DayPart {
  /** Numbers of the series; `null` for all. */
  readonly series: ReadonlySet<number> | null;
  readonly span: Span;
}

/**
 * Reads a day from what there is of it: its log, the sealed file, or both, beside whoever writes. Damaged frames are left
 * out. Throws what the system says.
 */
export function readDay(folder: string, day: number, part: DayPart): DayRead {
  const log = readBytes(logFile(folder, day));
  // Looked for after the log: who seals puts it there before the log goes.
  const sealed = readBytes(dayFile(folder, day));
  const fromLog = log === null ? NOTHING : readLog(log, part);
  const fromDay = sealed === null ? NOTHING : readSealed(sealed, part, heads => listeningByRollUp(folder, day, heads));
  if (log === null) return fromDay;
  const numbers = new Set([...fromLog.readings.keys(), ...fromDay.readings.keys()]);
  const united = [...numbers].map(
    n => [n, uniteReadings(fromDay.readings.get(n) ?? [], fromLog.readings.get(n) ?? [])] as const,
  );
  return { readings: new Map(united), listening: joinListening([fromDay.listening, fromLog.listening]) };
}

const NOTHING: DayRead = { readings: new Map(), listening: notListening };

/** What of a log is wanted, in the order in which it was written. */
export function readLog(bytes: Uint8Array, { series, span }: DayPart): DayRead {
  const readings = new Map<number, number[]>();
  const [heard, lost]: [Span[], Span[]] = [[], []];
  let end = 0;
  let heardUntil = dayOf(span.from) * DAY_S;
  for (const frame of readFrames(bytes).frames) {
    let isBehindDamage = frame.start > end && hasContent(bytes, end, frame.start);
    visitBatch(frame.payload, {
      heard: one => {
        if (isBehindDamage && one.from > heardUntil) lost.push({ from: heardUntil, until: one.from });
        isBehindDamage = false;
        heardUntil = one.until;
        heard.push(one);
      },
      isWanted: batchHeard => mayReach(batchHeard, span),
      reading: (n, second, value) => {
        if (second < span.from || second >= span.until || (series !== null && !series.has(n))) return;
        const list = readings.get(n);
        if (list === undefined) readings.set(n, [second, value]);
        else list.push(second, value);
      },
    });
    end = frame.end;
  }
  return { readings, listening: { heard: mergeSpans(heard), lost: mergeSpans(lost) } };
}

/** So much of the end of a log is read, bytes: room that is not used yet, and at least as much before it. */
const END_BYTES = 2 * ROOM_BYTES;

/**
 * When somebody listened by what was written last into the log of a day, merged: a few bytes are read of it, however long
 * it is. Throws what the system says.
 */
export function readHeardLately(folder: string, day: number): readonly Span[] {
  const path = logFile(folder, day);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const bytes = readBytesFrom(path, Math.max(0, size - END_BYTES)) ?? new Uint8Array();
  const heard: Span[] = [];
  for (const { payload } of readFrames(bytes).frames) visitBatch(payload, { heard: span => heard.push(span) });
  return mergeSpans(heard);
}

/** By so much the readings of a batch may be beside its listening, s: each proves that somebody listened. */
const BESIDE_S = 3_600;

/** Whether a batch may have readings in a stretch; of one that does not say when somebody listened nobody knows. */
function mayReach(heard: readonly Span[], span: Span): boolean {
  const [first, last] = [heard[0], heard.at(-1)];
  if (first === undefined || last === undefined) return true;
  return first.from - BESIDE_S < span.until && last.until + BESIDE_S >= span.from;
}

/**
 * What of a sealed day is wanted. Two hours whose block is damaged are lost; `withoutIndex` says when somebody listened
 * where the index is damaged and these blocks were found.
 */
export function readSealed(
  bytes: Uint8Array,
  { series, span }: DayPart,
  withoutIndex: (blocks: readonly BlockHead[]) => Listening,
): DayRead {
  const { blocks, listening } = readDayFile(bytes);
  const readings = new Map<number, number[]>();
  const lost: Span[] = [];
  for (const { series: n, part, offset } of blocks) {
    const from = part * BLOCK_S;
    const isWanted = (series === null || series.has(n)) && from + BLOCK_S > span.from && from < span.until;
    if (!isWanted) continue;
    const payload = payloadAt(bytes, offset);
    const block = payload === null ? null : decodeBlock(payload, zlibDeflate);
    if (block === null) lost.push({ from, until: from + BLOCK_S });
    else addWithin(readings, n, block, span);
  }
  return { readings, listening: joinListening([listening ?? withoutIndex(blocks), { heard: [], lost }]) };
}

function addWithin(readings: Map<number, number[]>, n: number, block: Readings, span: Span): void {
  const list = readings.get(n) ?? [];
  for (let place = 0; place < block.length; place += 2) {
    const second = block[place] ?? 0;
    if (second >= span.from && second < span.until) list.push(second, block[place + 1] ?? 0);
  }
  readings.set(n, list);
}
