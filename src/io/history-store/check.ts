import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { countText } from '../../core/count-text.ts';
import { decodeBlock } from '../../core/history/block.ts';
import { payloadAt, readFrames } from '../../core/history/bytes/frame.ts';
import { readDayFile } from '../../core/history/day-file.ts';
import { readRollUpSets } from '../../core/history/roll-up-sets.ts';
import { parseSeriesTable } from '../../core/history/series.ts';
import { zlibDeflate } from './deflate.ts';
import { readBytes } from './disk-file.ts';
import { isTally } from './events/tallies.ts';
import { SERIES_FILE } from './file-names.ts';
import { checkHistoryFolder } from './place.ts';

/** Something that is damaged: in which file, and what, one sentence without a full stop. */
export interface Finding {
  readonly file: string;
  readonly what: string;
}

const KINDS: readonly (readonly [what: string, ending: RegExp])[] = [
  ['open days', /\.log$/],
  ['sealed days', /\.day$/],
  ['roll-ups', /\.(5m|1h)$/],
  ['events', /\.(events|tally)$/],
  ['steps for replay', /\.steps$/],
];

/** How much each kind of file takes, bytes. Throws what the system says. */
export function sizesOf(folder: string): readonly { what: string; files: number; bytes: number }[] {
  const names = readdirSync(folder);
  return KINDS.map(([what, ending]) => {
    const mine = names.filter(name => ending.test(name));
    const bytes = mine.reduce(
      (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
    return { what, files: mine.length, bytes };
  });
}

/** What was found in a history. */
interface HistoryCheck {
  readonly findings: readonly Finding[];
  /** How many files were read, and how many were not. */
  readonly files: number;
  readonly unread: number;
}

/**
 * Reads the files of a history, each byte of them; no more than `mostBytes`, the newest first. Throws a `HistoryRefusal`, and
 * what the system says.
 */
export function checkHistory(folder: string, mostBytes = Number.POSITIVE_INFINITY): HistoryCheck {
  checkHistoryFolder(folder);
  const all = readdirSync(folder).filter(name => name === SERIES_FILE || KINDS.some(([, end]) => end.test(name)));
  const names = newestWithin(folder, all, mostBytes).sort();
  const findings = names.flatMap(file => {
    const bytes = readBytes(join(folder, file)) ?? new Uint8Array();
    const what = inFile(file, bytes);
    return what === null ? [] : [{ file, what }];
  });
  return { findings, files: names.length, unread: all.length - names.length };
}

function newestWithin(folder: string, names: readonly string[], mostBytes: number): string[] {
  if (mostBytes === Number.POSITIVE_INFINITY) return [...names];
  const found = names.map(name => ({ name, stat: statSync(join(folder, name), { throwIfNoEntry: false }) }));
  found.sort((one, other) => (other.stat?.mtimeMs ?? 0) - (one.stat?.mtimeMs ?? 0));
  let left = mostBytes;
  return found.flatMap(({ name, stat }) => {
    left -= stat?.size ?? 0;
    return left >= 0 ? [name] : [];
  });
}

function inFile(file: string, bytes: Uint8Array): string | null {
  if (file === SERIES_FILE) return inTable(bytes);
  if (file.endsWith('.day')) return inDay(bytes);
  if (file.endsWith('.tally')) return isTally(bytes) ? null : TALLY_DAMAGED;
  return inFrames(bytes) ?? (/\.(5m|1h)$/.test(file) ? inRollUps(bytes) : null);
}

const TALLY_DAMAGED = 'what was counted of the events cannot be read: charts count them anew, and nothing is missing';

function inRollUps(bytes: Uint8Array): string | null {
  const sets = readRollUpSets(bytes);
  const complete = new Set(sets.filter(({ isComplete }) => isComplete).map(({ day }) => day));
  const broken = new Set(sets.map(({ day }) => day).filter(day => !complete.has(day))).size;
  return broken === 0 ? null : `the roll-ups of ${countText(broken, 'day')} are not whole`;
}

function inTable(bytes: Uint8Array): string | null {
  const { damagedLines } = parseSeriesTable(new TextDecoder().decode(bytes));
  return damagedLines === 0
    ? null
    : `${countText(damagedLines, 'line')} of it cannot be read: what was named there is shown under no name`;
}

function inFrames(bytes: Uint8Array): string | null {
  const { damagedBytes } = readFrames(bytes);
  return damagedBytes === 0 ? null : `${damagedBytes} bytes are damaged`;
}

function inDay(bytes: Uint8Array): string | null {
  const { blocks, listening } = readDayFile(bytes);
  const isBroken = ({ offset }: { offset: number }): boolean => {
    const payload = payloadAt(bytes, offset);
    return payload === null || decodeBlock(payload, zlibDeflate) === null;
  };
  const broken = blocks.filter(isBroken).length;
  if (broken > 0) return `${broken} of ${blocks.length} blocks are damaged`;
  return listening === null ? `its index is damaged; ${blocks.length} blocks were found without it` : null;
}
