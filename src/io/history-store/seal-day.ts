import { constants, existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BLOCK_S, encodeBlock } from '../../core/history/block.ts';
import { makeFrame } from '../../core/history/bytes/frame.ts';
import { DAY_S } from '../../core/history/calendar.ts';
import { joinBytes, openDayFile } from '../../core/history/day-file.ts';
import type { Listening } from '../../core/history/listening.ts';
import type { Readings } from '../../core/history/readings.ts';
import {
  encodeDayEnd,
  encodeRollUps,
  ROLL_UPS,
  type RollUp,
  type RollUpStep,
  rollUp,
} from '../../core/history/roll-up.ts';
import { openAppendFile } from './append-file.ts';
import { zlibDeflate } from './deflate.ts';
import { type OpenDiskFile, readBytes, syncFolder } from './disk-file.ts';
import { dayFile, listFiles, logFile, rollUpName } from './file-names.ts';
import { type AddedDay, readByPart } from './read-by-part.ts';
import { readRolled } from './read-roll-up.ts';

/** A block holds no more readings than these, so that even a flood fits a frame. */
const MOST_IN_BLOCK = 50_000;

/** Of a day. */
const PARTS = DAY_S / BLOCK_S;

/** What sealing needs. */
export interface Sealing {
  readonly folder: string;
  readonly openFile: OpenDiskFile;
  /** Lets others have their turn: between two parts of a day. Rejects where it is to be broken off; nothing is lost then. */
  readonly pause: () => Promise<void>;
}

/**
 * Makes of a day's log, of what was sealed of that day before, and of what is added, what is kept for years: blocks of two
 * hours, and roll-ups. Everything is on the disk before the log goes, and doing it twice changes nothing. Gives what is
 * known of the listening. Rejects with what the system says; the log is still there then.
 */
export async function sealDay(day: number, sealing: Sealing, added: AddedDay | null = null): Promise<Listening> {
  const { folder } = sealing;
  const rows = new DayRollUps();
  const temporary = `${dayFile(folder, day)}.tmp`;
  const wasSealed = existsSync(dayFile(folder, day));
  const listening = await writeBlocks(day, temporary, rows, sealing, added);
  // What is imported again leaves all as it was.
  if (added !== null && wasSealed && isSame(temporary, dayFile(folder, day))) {
    await rm(temporary, { force: true });
    return listening;
  }
  // Of a block that is damaged by now the roll-ups may know more than what is left of the day.
  if (wasSealed) fillFromRolled(day, folder, rows);
  // Before the sealed day is there: a day is read from its roll-ups only when its log is gone.
  for (const step of ROLL_UPS) await appendRollUps(day, step, rows, listening, sealing);
  await rename(temporary, dayFile(folder, day));
  await syncFolder(folder);
  await rm(logFile(folder, day), { force: true });
  await syncFolder(folder);
  return listening;
}

function isSame(one: string, other: string): boolean {
  return Buffer.compare(readBytes(one) ?? new Uint8Array(), readBytes(other) ?? new Uint8Array()) === 0;
}

function fillFromRolled(day: number, folder: string, rows: DayRollUps): void {
  const { rollUps } = listFiles(folder);
  for (const step of ROLL_UPS) {
    const span = { from: day * DAY_S, until: (day + 1) * DAY_S };
    for (const [series, known] of readRolled(folder, rollUps[step], span).get(day)?.rows ?? []) {
      rows.fill(series, step, known([]).all());
    }
  }
}

async function writeBlocks(
  day: number,
  temporary: string,
  rows: DayRollUps,
  { folder, pause }: Sealing,
  added: AddedDay | null,
): Promise<Listening> {
  await rm(temporary, { force: true });
  const handle = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    const out = openDayFile();
    const whole = await readByPart(day, folder, pause, added);
    for (let part = day * PARTS; part < (day + 1) * PARTS; part++) {
      const blocks: Uint8Array[] = [];
      for (const [series, readings] of whole.readPart(part)) {
        rows.add(series, readings);
        for (const chunk of chunksOf(readings)) {
          blocks.push(out.add({ series, part }, encodeBlock({ series, part }, chunk, zlibDeflate)));
        }
      }
      if (blocks.length > 0) await handle.writeFile(joinBytes(blocks));
      await pause();
    }
    const listening = whole.listening();
    await handle.writeFile(out.end(listening));
    await handle.sync();
    return listening;
  } finally {
    await handle.close();
  }
}

function chunksOf(readings: Readings): readonly Readings[] {
  const chunks: Readings[] = [];
  for (let place = 0; place < readings.length; place += 2 * MOST_IN_BLOCK) {
    chunks.push(readings.slice(place, place + 2 * MOST_IN_BLOCK));
  }
  return chunks;
}

async function appendRollUps(
  day: number,
  step: RollUpStep,
  rows: DayRollUps,
  listening: Listening,
  { folder, openFile }: Sealing,
): Promise<void> {
  const file = await openAppendFile(join(folder, rollUpName(day, step)), openFile, 0);
  try {
    const frames = rows.of(step).map(([series, found]) => makeFrame(encodeRollUps(day, series, found)));
    await file.append(joinBytes([...frames, makeFrame(encodeDayEnd(day, frames.length, listening))]));
  } finally {
    await file.close();
  }
}

/** The roll-ups of a day, as its parts come in. */
class DayRollUps {
  private readonly bySeries = new Map<number, Record<RollUpStep, RollUp[]>>();

  add(series: number, readings: Readings): void {
    const rows = this.bySeries.get(series) ?? { 300: [], 3600: [] };
    for (const step of ROLL_UPS) rows[step].push(...rollUp(readings, step));
    this.bySeries.set(series, rows);
  }

  /** Adds rows of stretches of which there is none. */
  fill(series: number, step: RollUpStep, known: readonly RollUp[]): void {
    const rows = this.bySeries.get(series) ?? { 300: [], 3600: [] };
    const there = new Set(rows[step].map(({ index }) => index));
    const missing = known.filter(({ index }) => !there.has(index));
    if (missing.length === 0) return;
    this.bySeries.set(series, { ...rows, [step]: [...rows[step], ...missing].sort((a, b) => a.index - b.index) });
  }

  of(step: RollUpStep): readonly (readonly [series: number, rows: readonly RollUp[]])[] {
    return [...this.bySeries].map(([series, rows]) => [series, rows[step]]);
  }
}
