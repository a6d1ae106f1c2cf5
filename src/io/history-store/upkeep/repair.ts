import { copyFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFrame, readFrames } from '../../../core/history/bytes/frame.ts';
import { DAY_S, parseDayName } from '../../../core/history/calendar.ts';
import { joinBytes } from '../../../core/history/day-file.ts';
import { decodeEvent, encodeEvent } from '../../../core/history/history-event.ts';
import { mendSeriesTable } from '../../../core/history/series.ts';
import type { Span } from '../../../core/history/spans.ts';
import { replaceFile } from '../../files/replace-file.ts';
import { checkHistory, type Finding } from '../check.ts';
import { readBytes, syncFolder } from '../disk-file.ts';
import { forgetTally, keepTallies } from '../events/tallies.ts';
import { SERIES_FILE } from '../file-names.ts';
import { sealDay } from '../seal-day.ts';
import { daysWithoutRollUp, rebuildRollUps, tidyRollUpFile } from './roll-up-file.ts';
import { type Upkeep, withHistory } from './with-history.ts';

/** A file that was damaged and is whole again. */
export interface Mended extends Finding {
  /** The name under which the damaged one is kept beside it. */
  readonly keptAs: string;
  /** Of which time something is gone, seconds since 1970. */
  readonly lost: readonly Span[];
  /** What else is gone: one sentence without a full stop; `null` for nothing. */
  readonly note: string | null;
}

/** The order of the work: what a day is made of must be whole before its roll-ups are made anew. */
const ORDER = [/^series\.jsonl$/, /\.log$/, /\.day$/, /\.(5m|1h)$/, /\.tally$/, /\.events$/, /\.steps$/];

/**
 * Writes each damaged file anew with what is whole in it, and keeps the damaged one beside it. Each file is done at once or
 * not at all: what is broken off can be begun again. Rejects as `withHistory`, and with what the system says.
 */
export async function repairHistory(upkeep: Upkeep): Promise<readonly Mended[]> {
  const { folder } = upkeep;
  const first = checkHistory(folder);
  if (first.findings.length === 0) return [];
  return withHistory(upkeep, async () => {
    const place = ({ file }: Finding): number => ORDER.findIndex(pattern => pattern.test(file));
    const findings = [...checkHistory(folder).findings].sort((one, other) => place(one) - place(other));
    const mended: Mended[] = [];
    for (const finding of findings) {
      const keptAs = await keepBeside(finding.file, upkeep);
      mended.push({ ...finding, keptAs, ...(await mend(finding.file, upkeep)) });
      upkeep.onProgress(mended.length, findings.length);
      await upkeep.pause();
    }
    await rebuildRollUps(daysWithoutRollUp(folder), upkeep);
    return mended;
  });
}

type Gone = Pick<Mended, 'lost' | 'note'>;

async function mend(file: string, upkeep: Upkeep): Promise<Gone> {
  const { folder } = upkeep;
  if (file === SERIES_FILE) return mendTable(folder);
  if (file.endsWith('.events')) return mendEvents(folder, file);
  if (file.endsWith('.steps')) return mendSteps(folder, file);
  if (file.endsWith('.tally')) return mendTally(upkeep);
  const day = parseDayName(file.slice(0, 10));
  if (day !== null) return { lost: (await sealDay(day, upkeep)).lost, note: null };
  const left = (await tidyRollUpFile(folder, file)) ?? [];
  return { lost: left.map(one => ({ from: one * DAY_S, until: (one + 1) * DAY_S })), note: null };
}

function mendTable(folder: string): Gone {
  const { text, nameless } = mendSeriesTable(
    new TextDecoder().decode(readBytes(join(folder, SERIES_FILE)) ?? undefined),
  );
  rewrite(folder, SERIES_FILE, new TextEncoder().encode(text));
  const note = `the values of ${nameless} series have no name any more: they are kept, and shown under none`;
  return { lost: [], note: nameless === 0 ? null : note };
}

/** What was damaged between two events is told as an event of its own. */
function mendEvents(folder: string, file: string): Gone {
  const { frames } = readFrames(readBytes(join(folder, file)) ?? new Uint8Array());
  const lost: Span[] = [];
  const parts: Uint8Array[] = [];
  let [end, before] = [0, startOfMonth(file)];
  for (const { start, end: next, payload } of frames) {
    const at = decodeEvent(payload)?.at ?? before;
    if (start > end) {
      lost.push({ from: Math.floor(before / 1_000), until: Math.ceil(at / 1_000) });
      parts.push(makeFrame(encodeEvent(lostEvent(before, at))));
    }
    parts.push(makeFrame(payload));
    [end, before] = [next, Math.max(at, before)];
  }
  forgetTally(folder, file);
  rewrite(folder, file, joinBytes(parts));
  return { lost, note: null };
}

/** Before the events: where these are mended, too, it goes, and comes with the next sealing. */
async function mendTally({ folder, pause }: Upkeep): Promise<Gone> {
  await keepTallies(folder, pause);
  return { lost: [], note: null };
}

function mendSteps(folder: string, file: string): Gone {
  const { frames } = readFrames(readBytes(join(folder, file)) ?? new Uint8Array());
  rewrite(folder, file, joinBytes(frames.map(({ payload }) => makeFrame(payload))));
  return {
    lost: [],
    note: 'some of what happened on this day is gone: a replay of it lacks that; values and events are whole',
  };
}

function lostEvent(from: number, until: number) {
  const text = 'what happened from here on was damaged and is lost';
  const detail = { until: new Date(until).toISOString() };
  return { at: from, type: 'recording', id: null, severity: 'warning', text, detail };
}

function startOfMonth(file: string): number {
  return Date.parse(`${file.slice(0, 7)}-01T00:00:00Z`);
}

function rewrite(folder: string, file: string, bytes: Uint8Array): void {
  const path = join(folder, file);
  replaceFile(path, bytes, { old: statSync(path) });
}

/** Copies a file to a name that nobody reads; it is on the disk when this resolves. */
async function keepBeside(file: string, { folder, wallNow }: Upkeep): Promise<string> {
  const stamp = new Date(wallNow()).toISOString().replace(/[-:]|\.\d+/g, '');
  const kept = `${file}.damaged-${stamp}`;
  copyFileSync(join(folder, file), join(folder, kept));
  const handle = await open(join(folder, kept), 'r+');
  await handle.sync().finally(() => handle.close());
  await syncFolder(folder);
  return kept;
}
