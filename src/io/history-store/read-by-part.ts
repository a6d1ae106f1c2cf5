import { visitBatch } from '../../core/history/batch.ts';
import { BLOCK_S } from '../../core/history/block.ts';
import { readFrames } from '../../core/history/bytes/frame.ts';
import { DAY_S } from '../../core/history/calendar.ts';
import { joinListening, type Listening, notListening } from '../../core/history/listening.ts';
import { type Readings, uniteReadings } from '../../core/history/readings.ts';
import { dayFile, logFile } from './file-names.ts';
import { readBytes, readLog, readSealed } from './read-day.ts';

/** A day that is read part by part, so that never more than two hours of it are in memory as numbers. */
export interface DayByPart {
  readonly listening: Listening;
  /** The readings of two hours, as blocks count them, in the order of their time, by series. */
  readonly readPart: (part: number) => ReadonlyMap<number, Readings>;
}

/** So many frames are looked at between two pauses. */
const FRAMES_AT_ONCE = 60;

/** Looks through a day's files once; `pause` lets others have their turn. Rejects with what the system says. */
export async function readByPart(day: number, folder: string, pause: () => Promise<void>): Promise<DayByPart> {
  const log = readBytes(logFile(folder, day)) ?? new Uint8Array();
  const sealed = readBytes(dayFile(folder, day));
  const span = { from: day * DAY_S, until: (day + 1) * DAY_S };
  const byPart = new Map<number, Uint8Array[]>();
  for (const [place, { payload }] of readFrames(log).frames.entries()) {
    const parts = new Set<number>();
    visitBatch(payload, { reading: (_, second) => parts.add(Math.floor(second / BLOCK_S)) });
    for (const part of parts) byPart.set(part, [...(byPart.get(part) ?? []), payload]);
    if (place % FRAMES_AT_ONCE === FRAMES_AT_ONCE - 1) await pause();
  }
  const none = new Set<number>();
  const ofLog = readLog(log, { series: none, span }).listening ?? notListening;
  // Of a damaged day that is sealed anew, nobody knows when somebody listened.
  const ofDay = sealed === null ? notListening : (readSealed(sealed, { series: none, span }).listening ?? lost(span));
  return {
    listening: joinListening([ofDay, ofLog]),
    readPart: part => {
      const fresh = readingsOf(byPart.get(part) ?? [], part);
      const wanted = { series: null, span: { from: part * BLOCK_S, until: (part + 1) * BLOCK_S } };
      const old = sealed === null ? new Map<number, Readings>() : readSealed(sealed, wanted).readings;
      const numbers = [...new Set([...old.keys(), ...fresh.keys()])].sort((one, other) => one - other);
      return new Map(numbers.map(n => [n, uniteReadings(old.get(n) ?? [], fresh.get(n) ?? [])]));
    },
  };
}

function lost(span: { readonly from: number; readonly until: number }): Listening {
  return { heard: [], lost: [span] };
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
