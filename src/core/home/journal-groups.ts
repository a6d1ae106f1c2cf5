import { cleanText } from '../clean-text.ts';
import { clientLabelOf, type House, labelOf } from '../house/house.ts';
import { countOf, type JournalEntry, type JournalForm, likeEntries } from './state/journal.ts';

/** What the log has in one row: an entry, or many that are alike. */
export interface JournalGroup {
  /** Newest first; more than one where they are alike. */
  readonly entries: readonly JournalEntry[];
  /** With those that are not kept any more. */
  readonly count: number;
}

/** Fewer than this are no flood, and each is told by itself. */
const FEWEST = 5;
/** So many are named in the one sentence for all. */
const NAMED = 3;

const cache = new WeakMap<readonly JournalEntry[], readonly JournalGroup[]>();

/** A journal with those that are alike as one, newest first. */
export function groupJournal(journal: readonly JournalEntry[]): readonly JournalGroup[] {
  const known = cache.get(journal);
  if (known !== undefined) return known;
  const groups = likeEntries(journal)
    .flatMap(group => (group.length < FEWEST ? group.map(entry => [entry]) : [group]))
    .map((entries): JournalGroup => ({ entries: entries.toReversed(), count: countOf(entries) }));
  groups.sort((one, other) => (other.entries[0]?.id ?? 0) - (one.entries[0]?.id ?? 0));
  cache.set(journal, groups);
  return groups;
}

const WORDS: Readonly<Record<JournalForm, string>> = {
  stale: 'became stale',
  'live-again': 'are live again',
  offline: 'went offline',
  beyond: 'went beyond a limit',
  within: 'are within their limits again',
  unreadable: 'became unreadable',
  readable: 'are readable again',
  implausible: 'became implausible',
  plausible: 'are plausible again',
};

/** One sentence for entries that are alike. */
export function groupText({ entries, count }: JournalGroup, house: House): string {
  const [first] = entries;
  if (first?.form === undefined) return first?.text ?? '';
  const named = [...new Set(entries.map(({ subject }) => subject ?? ''))].slice(0, NAMED);
  const label = first.kind === 'client' ? clientLabelOf : labelOf;
  const names = named.map(id => cleanText(label(house, id), 40)).join(', ');
  const things = first.kind === 'client' ? 'clients' : first.kind === 'switch' ? 'switches' : 'values';
  return `${count} ${things} ${WORDS[first.form]}: ${names} and ${count - named.length} more`;
}
