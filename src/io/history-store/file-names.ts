import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dayName, parseDayName } from '../../core/history/calendar.ts';
import type { RollUpStep } from '../../core/history/roll-up.ts';

/** The files of a history, as its folder lists them. Days are days since 1970 (UTC). */
export interface HistoryFiles {
  /** Days whose log is still there, in their order. */
  readonly logs: readonly number[];
  /** Days that are sealed. */
  readonly days: readonly number[];
  /** Days of which all can come in again. */
  readonly steps: readonly number[];
  /** Names of the files with events, in the order of their months. */
  readonly events: readonly string[];
  /** The same of the files with what was counted of them. */
  readonly tallies: readonly string[];
  /** Names of the files with roll-ups, in the order of time. */
  readonly rollUps: Readonly<Record<RollUpStep, readonly string[]>>;
}

/** The table of series. */
export const SERIES_FILE = 'series.jsonl';

export const logFile = (folder: string, day: number): string => join(folder, `${dayName(day)}.log`);
export const dayFile = (folder: string, day: number): string => join(folder, `${dayName(day)}.day`);
/** What came in besides values, as it came. */
export const stepsFile = (folder: string, day: number): string => join(folder, `${dayName(day)}.steps`);
/** Events of a month, roll-ups of five minutes of a month, of an hour of a year: more would be read for nothing. */
export const eventsName = (day: number): string => `${dayName(day).slice(0, 7)}.events`;
export const rollUpName = (day: number, step: RollUpStep): string =>
  step === 300 ? `${dayName(day).slice(0, 7)}.5m` : `${dayName(day).slice(0, 4)}.1h`;

/** What was counted of a file of events stands beside it. */
export const tallyName = (events: string): string => events.replace(/events$/, 'tally');

/** Lists them. Throws what the system says. */
export function listFiles(folder: string): HistoryFiles {
  const names = readdirSync(folder).sort();
  const daysWith = (ending: string): readonly number[] =>
    names.filter(name => name.endsWith(ending)).flatMap(name => parseDayName(name.slice(0, -ending.length)) ?? []);
  return {
    logs: daysWith('.log'),
    days: daysWith('.day'),
    steps: daysWith('.steps'),
    events: names.filter(isOfEvents),
    tallies: names.filter(name => /^\d{4}-\d\d\.tally$/.test(name)),
    rollUps: {
      300: names.filter(name => /^\d{4}-\d\d\.5m$/.test(name)),
      3600: names.filter(name => /^\d{4}\.1h$/.test(name)),
    },
  };
}

/** Names of the files with events alone, in the order of their months. Throws what the system says. */
export function listEvents(folder: string): readonly string[] {
  return readdirSync(folder).filter(isOfEvents).sort();
}

const isOfEvents = (name: string): boolean => /^\d{4}-\d\d\.events$/.test(name);

/** When something was last written that came in, ms since 1970; `null` where nothing was, or it cannot be seen. */
export function lastWrittenAt(folder: string): number | null {
  try {
    const { logs, events } = listFiles(folder);
    const newest = [logs.at(-1)].flatMap(day => (day === undefined ? [] : [logFile(folder, day)]));
    const files = [...newest, ...events.slice(-1).map(name => join(folder, name))];
    return files.length === 0 ? null : Math.max(...files.map(file => statSync(file).mtimeMs));
  } catch {
    return null;
  }
}
