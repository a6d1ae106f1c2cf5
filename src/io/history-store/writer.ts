import { join } from 'node:path';
import { type Batch, encodeBatch, visitBatch } from '../../core/history/batch.ts';
import { makeFrame, readFrames } from '../../core/history/bytes/frame.ts';
import { dayOf } from '../../core/history/calendar.ts';
import { joinBytes } from '../../core/history/day-file.ts';
import { encodeEvent, type HistoryEvent } from '../../core/history/history-event.ts';
import { readRollUpSets } from '../../core/history/roll-up-sets.ts';
import type { Issue } from '../../core/issue.ts';
import { type AppendFile, openAppendFile, ROOM_BYTES } from './append-file.ts';
import { type OpenDiskFile, openDiskFile, readBytes } from './disk-file.ts';
import { eventsName, listFiles, logFile, stepsFile } from './file-names.ts';
import { HistoryRefusal, makeHistoryFolder } from './place.ts';
import type { AddedDay } from './read-by-part.ts';
import { sealDay } from './seal-day.ts';
import { openSeriesFile, type SeriesFile } from './series-file.ts';
import { type LockOwner, type LockRole, takeWriterLock, type WriterLock } from './writer-lock.ts';

/** The one who writes into a history. Calls may overlap: each waits for the one before. */
export interface HistoryWriter {
  /** The number that the readings of a sensor are written under. */
  readonly numberOf: (id: string, unit: string, scale: number) => number;
  /**
   * Resolves when the batch is on the disk; all of it is of one day, days since 1970. Rejects with what the system says:
   * nothing that was written before is lost, and the same batch may be given again.
   */
  readonly commit: (day: number, batch: Batch) => Promise<void>;
  /** The same for events, which are kept by the month of the first one. */
  readonly commitEvents: (events: readonly HistoryEvent[]) => Promise<void>;
  /** The same for steps, as payloads of frames. */
  readonly commitSteps: (day: number, payloads: readonly Uint8Array[]) => Promise<void>;
  /**
   * Adds what a day had elsewhere, days since 1970, and seals it with that, at once or not at all. What is there already is
   * not doubled; resolves with how many readings were new. `pause` lets others have their turn.
   */
  readonly addDay: (
    day: number,
    added: Pick<AddedDay, 'log' | 'listening'>,
    pause: () => Promise<void>,
  ) => Promise<number>;
  /** Seals the days before `today` that are not sealed yet; `pause` lets others have their turn. */
  readonly seal: (today: number, pause: () => Promise<void>) => Promise<void>;
  /** Waits for what is under way and gives the lock back. */
  readonly close: () => Promise<void>;
}

/** What a writer is given of the world. */
export interface WriterWorld {
  /** ms since 1970. */
  readonly wallNow: () => number;
  /** What it writes for; a console unless given. */
  readonly role?: LockRole;
  /** Opens real files unless given. */
  readonly openFile?: OpenDiskFile;
}

/**
 * Opens a history for writing, in a folder that is made where it is missing. Rejects with a `HistoryRefusal` where it must
 * not be used (somebody else writes into it, another user's, of a newer program), and with what the system says.
 */
export async function openHistoryWriter(folder: string, world: WriterWorld): Promise<HistoryWriter> {
  const { wallNow, role = 'console', openFile = openDiskFile } = world;
  makeHistoryFolder(folder);
  const lock = takeWriterLock(folder, wallNow(), role);
  if (!('release' in lock)) throw new HistoryRefusal(heldBy(folder, lock));
  try {
    const series = await openSeriesFile(folder, { unused: firstUnused(folder), known: [] }, openFile);
    return createWriter(folder, { wallNow, role, openFile }, lock, series);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function heldBy(folder: string, { pid, host, role }: LockOwner): Issue {
  const who = role === 'daemon' ? `the daemon, process ${pid} on ${host},` : `process ${pid} on ${host}`;
  if (role === 'upkeep') {
    const message = `${who} mends ${folder} or imports into it: this one does not record yet`;
    return { severity: 'info', message, cure: 'Wait for it: this one goes on by itself.' };
  }
  const message = `${who} already records into ${folder}: this one does not`;
  return { severity: 'info', message, cure: 'Nothing needs to be done: its history is the same.' };
}

function createWriter(
  folder: string,
  world: Required<WriterWorld>,
  firstLock: WriterLock,
  firstSeries: SeriesFile,
): HistoryWriter {
  const { openFile } = world;
  let [lock, series] = [firstLock, firstSeries];
  const [log, events, steps] = [createSlot(openFile), createSlot(openFile), createSlot(openFile)];
  const inTurn = createTurns();
  let sealing: { readonly day: number; readonly done: Promise<void> } | null = null;
  /** Somebody may have removed the folder under us, or another disk may be in its place: begun anew, with the same numbers. */
  const stay = async (): Promise<void> => {
    if (!(await series.isGone())) return;
    makeHistoryFolder(folder);
    const taken = takeWriterLock(folder, world.wallNow(), world.role);
    // Our own lock, of a folder of which only the table is gone, is still ours.
    if ('release' in taken) lock = taken;
    else if (taken.pid !== process.pid) throw new HistoryRefusal(heldBy(folder, taken));
    const before = series;
    series = await openSeriesFile(folder, { unused: 0, known: before.all() }, openFile);
    await before.close().catch(() => {});
  };
  return {
    numberOf: (id, unit, scale) => series.numberOf(id, unit, scale),
    commit: (day, batch) =>
      inTurn(async () => {
        if (sealing?.day === day) await sealing.done;
        await stay();
        await series.save();
        await log.append(logFile(folder, day), makeFrame(encodeBatch(batch)));
      }),
    commitEvents: added =>
      inTurn(async () => {
        const [earliest] = added;
        if (earliest === undefined) return;
        await stay();
        const path = join(folder, eventsName(dayOf(earliest.at / 1_000)));
        await events.append(path, joinBytes(added.map(event => makeFrame(encodeEvent(event)))));
      }),
    addDay: (day, added, pause) =>
      inTurn(async () => {
        await stay();
        await series.save();
        await log.leave(logFile(folder, day));
        let fresh = 0;
        const onFresh = (count: number): void => {
          fresh += count;
        };
        await sealDay(day, { folder, openFile, pause }, { ...added, series: series.all(), onFresh });
        return fresh;
      }),
    commitSteps: (day, payloads) =>
      inTurn(async () => {
        await stay();
        await steps.append(stepsFile(folder, day), joinBytes(payloads.map(makeFrame)));
      }),
    seal: async (today, pause) => {
      for (const day of listFiles(folder).logs.filter(found => found < today)) {
        await inTurn(() => log.leave(logFile(folder, day)));
        const done = sealDay(day, { folder, openFile, pause });
        sealing = { day, done: done.then(nothing, nothing) };
        await done.finally(() => {
          sealing = null;
        });
      }
    },
    close: async () => {
      await inTurn(async () => {
        await sealing?.done;
        for (const slot of [log, events, steps]) await slot.close();
        await series.close().catch(() => {});
      });
      lock.release();
    },
  };
}

const nothing = (): void => {};

/** Does one work after the other, whether the one before it succeeded or not. */
function createTurns(): <Value>(work: () => Promise<Value>) => Promise<Value> {
  let last: Promise<unknown> = Promise.resolve();
  return work => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };
}

interface Slot {
  /** Puts bytes behind what the file holds, which is opened where another one is open. */
  readonly append: (path: string, bytes: Uint8Array) => Promise<void>;
  /** Closes the file where it is that one. */
  readonly leave: (path: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The one file of its kind that is open: a day and its month end, and the next one begins. */
function createSlot(openFile: OpenDiskFile): Slot {
  let open: { readonly path: string; readonly file: AppendFile } | null = null;
  const close = async (): Promise<void> => {
    const closing = open;
    open = null;
    // All that was acknowledged is on the disk: the room that stays behind is no harm.
    await closing?.file.close().catch(() => {});
  };
  return {
    append: async (path, bytes) => {
      if (open !== null && (open.path !== path || (await open.file.isGone()))) await close();
      open ??= { path, file: await openAppendFile(path, openFile, ROOM_BYTES) };
      await open.file.append(bytes);
    },
    leave: async path => {
      if (open?.path === path) await close();
    },
    close,
  };
}

/** The lowest number that no file has: where the table was lost, what is under an old number must get no new name. */
function firstUnused(folder: string): number {
  const { logs, rollUps } = listFiles(folder);
  let highest = -1;
  const note = (n: number): void => {
    highest = Math.max(highest, n);
  };
  for (const day of logs) {
    const { frames } = readFrames(readBytes(logFile(folder, day)) ?? new Uint8Array());
    for (const { payload } of frames) visitBatch(payload, { reading: note });
  }
  for (const name of rollUps[3_600]) {
    for (const { rows } of readRollUpSets(readBytes(join(folder, name)) ?? new Uint8Array())) {
      for (const n of rows.keys()) note(n);
    }
  }
  return highest + 1;
}
