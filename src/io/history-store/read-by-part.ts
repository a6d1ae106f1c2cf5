import { visitBatch } from '../../core/history/batch.ts';
import { BLOCK_S, type BlockHead } from '../../core/history/block.ts';
import { readFrames } from '../../core/history/bytes/frame.ts';
import { DAY_S } from '../../core/history/calendar.ts';
import { spokeIn } from '../../core/history/import/spoke.ts';
import { joinListening, type Listening, notListening } from '../../core/history/listening.ts';
import { newReadings, type Readings, uniteReadings } from '../../core/history/readings.ts';
import type { SeriesInfo } from '../../core/history/series.ts';
import { gapsBetween, mergeSpans, type Span } from '../../core/history/spans.ts';
import { readBytes } from './disk-file.ts';
import { dayFile, logFile } from './file-names.ts';
import { readLog, readSealed } from './read-day.ts';
import { listeningByRollUp } from './read-roll-up.ts';

/** A day that is read part by part, so that never more than two hours of it are in memory as numbers. */
export interface DayByPart {
  /** The readings of two hours, as blocks count them, in the order of their time, by series. */
  readonly readPart: (part: number) => ReadonlyMap<number, Readings>;
  /** What is known when all parts were read: only then it is known which are damaged. */
  readonly listening: () => Listening;
}

/** What is added to a day from elsewhere. */
export interface AddedDay {
  /** Its readings, as frames of a log. */
  readonly log: Uint8Array;
  /** What it says of who listened; `null` where its values alone prove that. */
  readonly listening: Listening | null;
  /** All series: a reading that is kept under another number of the same sensor is not added again. */
  readonly series: readonly SeriesInfo[];
  /** Told how many of its readings were not there before. */
  readonly onFresh: (count: number) => void;
}

/** So many frames are looked at between two pauses. */
const FRAMES_AT_ONCE = 60;

/** Looks through a day's files once; `pause` lets others have their turn. Rejects with what the system says. */
export async function readByPart(
  day: number,
  folder: string,
  pause: () => Promise<void>,
  added: AddedDay | null = null,
): Promise<DayByPart> {
  const log = readBytes(logFile(folder, day)) ?? new Uint8Array();
  const sealed = readBytes(dayFile(folder, day));
  const span = { from: day * DAY_S, until: (day + 1) * DAY_S };
  const [ofLog, ofAdded] = [await payloadsByPart(log, pause), await payloadsByPart(added?.log ?? null, pause)];
  const parts: Listening[] = [readLog(log, { series: new Set(), span }).listening];
  const spoke = new Map<number, Span[]>();
  const spokeAt = new Map<number, number>();
  let known: Listening | null = null;
  const withoutIndex = (blocks: readonly BlockHead[]): Listening => {
    known ??= listeningByRollUp(folder, day, blocks);
    return known;
  };
  return {
    readPart: part => {
      const wanted = { series: null, span: { from: part * BLOCK_S, until: (part + 1) * BLOCK_S } };
      const old = sealed === null ? null : readSealed(sealed, wanted, withoutIndex);
      if (old !== null) parts.push(old.listening);
      const own = unite(old?.readings ?? new Map(), readingsOf(ofLog.get(part) ?? [], part));
      if (added === null) return own;
      const fresh = readingsOf(ofAdded.get(part) ?? [], part);
      if (added.listening === null) noteSpoken(fresh, spoke, spokeAt);
      return addFresh(own, fresh, added);
    },
    listening: () => joinListening([...parts, addedListening(joinListening(parts), added, spoke)]),
  };
}

/** What is damaged in what is added says nothing of the time in which we listened ourselves. */
function addedListening(
  own: Listening,
  added: AddedDay | null,
  spoke: ReadonlyMap<number, readonly Span[]>,
): Listening {
  if (added === null) return notListening;
  const { listening } = added;
  if (listening === null) return { ...notListening, spoke };
  return { ...listening, lost: listening.lost.flatMap(span => gapsBetween(own.heard, span)) };
}

function noteSpoken(
  fresh: ReadonlyMap<number, Readings>,
  spoke: Map<number, Span[]>,
  spokeAt: Map<number, number>,
): void {
  for (const [n, unsorted] of fresh) {
    const readings = uniteReadings(unsorted, []);
    const spans = spokeIn(readings, spokeAt.get(n) ?? null);
    spoke.set(n, [...mergeSpans([...(spoke.get(n) ?? []), ...spans])]);
    spokeAt.set(n, readings.at(-2) ?? 0);
  }
}

function addFresh(
  own: ReadonlyMap<number, Readings>,
  fresh: ReadonlyMap<number, Readings>,
  { series: all, onFresh }: AddedDay,
): ReadonlyMap<number, Readings> {
  const found = new Map(own);
  for (const [n, readings] of fresh) {
    const info = all.find(series => series.n === n);
    const same = all.filter(({ id, unit }) => id === info?.id && unit === info.unit);
    const known = same.map(series => ({
      readings: own.get(series.n) ?? [],
      fewerDigits: (info?.scale ?? 0) - series.scale,
    }));
    const unknown = newReadings(readings, known);
    onFresh(unknown.length / 2);
    if (unknown.length > 0) found.set(n, uniteReadings([...(own.get(n) ?? []), ...unknown], []));
  }
  return new Map([...found].sort(([one], [other]) => one - other));
}

function unite(
  old: ReadonlyMap<number, Readings>,
  fresh: ReadonlyMap<number, Readings>,
): ReadonlyMap<number, Readings> {
  const numbers = [...new Set([...old.keys(), ...fresh.keys()])].sort((one, other) => one - other);
  return new Map(numbers.map(n => [n, uniteReadings(old.get(n) ?? [], fresh.get(n) ?? [])]));
}

async function payloadsByPart(
  log: Uint8Array | null,
  pause: () => Promise<void>,
): Promise<ReadonlyMap<number, readonly Uint8Array[]>> {
  const byPart = new Map<number, Uint8Array[]>();
  for (const [place, { payload }] of (log === null ? [] : readFrames(log).frames).entries()) {
    const parts = new Set<number>();
    visitBatch(payload, { reading: (_, second) => parts.add(Math.floor(second / BLOCK_S)) });
    for (const part of parts) {
      const list = byPart.get(part);
      if (list === undefined) byPart.set(part, [payload]);
      else list.push(payload);
    }
    if (place % FRAMES_AT_ONCE === FRAMES_AT_ONCE - 1) await pause();
  }
  return byPart;
}

function readingsOf(payloads: readonly Uint8Array[], part: number): Map<number, number[]> {
  const readings = new Map<number, number[]>();
  for (const payload of payloads) {
    visitBatch(payload, {
      reading: (n, second, value) => {
        if (Math.floor(second / BLOCK_S) !== part) return;
        const list = readings.get(n);
        if (list === undefined) readings.set(n, [second, value]);
        else list.push(second, value);
      },
    });
  }
  return readings;
}
