import { groupJournal, type JournalGroup } from '../../core/home/journal-groups.ts';
import type { JournalEntry } from '../../core/home/state/journal.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { clientLabelOf, type House, labelOf } from '../../core/house/house.ts';

/** What happened. */
export interface LogPage {
  readonly screen: 'log';
  readonly focus: number;
  /** The id of the chosen entry, so that new ones do not push it away; `null` follows the newest. */
  readonly anchor: number | null;
  readonly part?: number;
  /** What is shown of it; all of it where that is absent. */
  readonly filter?: { readonly least?: 'warning' | 'critical'; readonly subject?: string; readonly words?: string };
  /** Whether these words are being typed. */
  readonly isTyping?: true;
  /** Of those that are alike and unfolded the id of the oldest one. */
  readonly unfolded?: readonly number[];
}

/** One row of the log that can be chosen: an entry, or many that are alike as one. */
export interface LogRow {
  /** The entry; of many that are alike the newest. */
  readonly entry: JournalEntry;
  /** What it stands for where it is folded, or belongs to where it is unfolded; `null` for an entry by itself. */
  readonly group: JournalGroup | null;
  readonly isUnfolded: boolean;
}

const caches = new WeakMap<readonly JournalEntry[], { readonly key: string; readonly rows: readonly LogRow[] }>();

/** The rows of the log as a page shows it, newest first. */
export function logRows({ journal, house }: HomeState, { filter = {}, unfolded = [] }: LogPage): readonly LogRow[] {
  const key = JSON.stringify([filter, unfolded]);
  const known = caches.get(journal);
  if (known?.key === key) return known.rows;
  const words = wordsOf(filter.words ?? '');
  const isShown = (entry: JournalEntry): boolean =>
    (filter.least === undefined ||
      entry.level === 'critical' ||
      (filter.least === 'warning' && entry.level === 'warning')) &&
    (filter.subject === undefined || entry.subject === filter.subject) &&
    hasWords(entry, words, house);
  const isAll = filter.least === undefined && filter.subject === undefined && words.length === 0;
  const groups = isAll ? groupJournal(journal) : groupJournal(journal.filter(isShown));
  const rows = groups.flatMap((group): readonly LogRow[] => {
    const [entry] = group.entries;
    if (entry === undefined) return [];
    if (group.entries.length === 1) return [{ entry, group: null, isUnfolded: false }];
    if (!unfolded.includes(idOf(group))) return [{ entry, group, isUnfolded: false }];
    return group.entries.map(one => ({ entry: one, group, isUnfolded: true }));
  });
  caches.set(journal, { key, rows });
  return rows;
}

const wordsOf = (text: string): readonly string[] =>
  text
    .toLowerCase()
    .split(' ')
    .filter(word => word !== '');

/** Whether each word stands in an entry: in its text, in what it is about, or as what is wrong with it. */
function hasWords({ text, subject, level, kind }: JournalEntry, words: readonly string[], house: House): boolean {
  if (words.length === 0) return true;
  const label = subject === null ? '' : kind === 'client' ? clientLabelOf(house, subject) : labelOf(house, subject);
  const all = [text, subject ?? '', label, level === 'info' ? '' : level].join('\n').toLowerCase();
  return words.every(word => all.includes(word));
}

/** What a group is known by, however many join it. */
const idOf = ({ entries }: JournalGroup): number => entries.at(-1)?.id ?? 0;

/** The place of the chosen row, counted from the newest; the oldest where it is gone, -1 where there is none. */
export function logFocus(page: LogPage, home: HomeState): number {
  const rows = logRows(home, page);
  if (page.anchor === null) return rows.length === 0 ? -1 : 0;
  const { anchor } = page;
  const place = rows.findIndex(({ entry, group, isUnfolded }) =>
    group === null || isUnfolded ? entry.id === anchor : group.entries.some(({ id }) => id === anchor),
  );
  return place < 0 ? rows.length - 1 : place;
}

/** The page with another row chosen. */
export function chooseRow(page: LogPage, place: number, home: HomeState): LogPage {
  const { part: _, ...others } = page;
  const row = logRows(home, page)[place];
  return { ...others, focus: place, anchor: place === 0 || row === undefined ? null : row.entry.id };
}

/** The page with the chosen row unfolded, or folded together; the same where it is no such row. */
export function foldRow(page: LogPage, isUnfolded: boolean, home: HomeState): LogPage {
  const row = logRows(home, page)[logFocus(page, home)];
  if (row?.group == null || row.isUnfolded === isUnfolded) return page;
  const id = idOf(row.group);
  const unfolded = (page.unfolded ?? []).filter(one => one !== id);
  const next: LogPage = { ...page, unfolded: isUnfolded ? [...unfolded, id] : unfolded };
  return chooseRow({ ...next, anchor: row.entry.id }, logFocus({ ...next, anchor: row.entry.id }, home), home);
}

/** Only what is worse, or all again: warnings and worse, critical only, all. */
export function filterByLevel(page: LogPage, home: HomeState): LogPage {
  const { least, ...others } = page.filter ?? {};
  const next = least === undefined ? 'warning' : least === 'warning' ? 'critical' : undefined;
  return filtered(page, next === undefined ? others : { ...others, least: next }, home);
}

/** Only what is about the same as the chosen row, or all again. */
export function filterBySubject(page: LogPage, home: HomeState): LogPage {
  const { subject, ...others } = page.filter ?? {};
  if (subject !== undefined) return filtered(page, others, home);
  const row = logRows(home, page)[logFocus(page, home)];
  return row?.entry.subject == null ? page : filtered(page, { ...others, subject: row.entry.subject }, home);
}

/** Only entries in which these words stand; all again where there are none. */
export function filterByWords(page: LogPage, words: string, home: HomeState): LogPage {
  const { words: _, ...others } = page.filter ?? {};
  return filtered(page, words === '' ? others : { ...others, words }, home);
}

/** What was chosen stays so where it is still shown. */
function filtered(page: LogPage, filter: NonNullable<LogPage['filter']>, home: HomeState): LogPage {
  const anchor = logRows(home, page)[logFocus(page, home)]?.entry.id ?? null;
  const next: LogPage = { ...page, filter, anchor };
  const place = logFocus(next, home);
  const isShown = logRows(home, next)[place]?.entry.id === anchor;
  return chooseRow(next, isShown ? place : 0, home);
}
