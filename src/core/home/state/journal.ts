/** One line of the events list: what happened in the house, in words. */
export interface JournalEntry {
  /** Counts up through a run and is never used twice. */
  readonly id: number;
  readonly at: number;
  readonly level: 'info' | 'good' | 'warning' | 'critical';
  readonly kind: 'link' | 'switch' | 'client' | 'sensor' | 'item' | 'denial' | 'broker' | 'issue' | 'alarm';
  /** The id of the item, client or alarm it is about; `item` is one that is said in words. */
  readonly subject: string | null;
  /** One sentence without a full stop, clean of control characters. */
  readonly text: string;
  /** What it tells, where many may tell the same of others at a time; absent where they do not. */
  readonly form?: JournalForm;
  /** How many alike before it are not kept any more; absent for none. */
  readonly before?: number;
}

/** What an entry tells of its subject. */
export type JournalForm =
  | ('stale' | 'live-again' | 'offline' | 'beyond' | 'within')
  | ('unreadable' | 'readable' | 'implausible' | 'plausible');

/** How many entries are kept at the most, and how many when they are thinned out: each by itself would take too long. */
const LONGEST_JOURNAL = 1_500;
const THINNED_JOURNAL = 1_200;
/** Of what is alike so many are kept at the most. */
const MOST_ALIKE = 1_000;
/** The newest so many stay, whatever they tell. */
const NEWEST = 200;

/** Entries that are alike and come no later than this after one another, ms, are one to whoever reads them. */
const ALIKE_MS = 15_000;

/** What a journal needs of the state that it stands in. */
interface WithJournal {
  readonly at: number;
  readonly nextId: number;
  readonly journal: readonly JournalEntry[];
}

/** The state with one more line in its journal, at the time of the state. */
export function addToJournal<State extends WithJournal>(state: State, entry: Omit<JournalEntry, 'id' | 'at'>): State {
  const line: JournalEntry = { ...entry, id: state.nextId, at: state.at };
  const kept = state.journal.length < LONGEST_JOURNAL ? state.journal : thinOut(state.journal);
  return { ...state, nextId: state.nextId + 1, journal: [...kept, line] };
}

/** Entries, oldest first, by what they are alike in; each of those that are like no other by itself. */
export function likeEntries(journal: readonly JournalEntry[]): readonly (readonly JournalEntry[])[] {
  const groups: JournalEntry[][] = [];
  const open = new Map<string, JournalEntry[]>();
  for (const entry of journal) {
    const key = entry.form === undefined ? null : `${entry.kind} ${entry.form} ${entry.level}`;
    const group = key === null ? undefined : open.get(key);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && entry.at - last.at <= ALIKE_MS) {
      group.push(entry);
      continue;
    }
    const begun = [entry];
    groups.push(begun);
    if (key !== null) open.set(key, begun);
  }
  return groups;
}

/** Fewer entries: those that are alike go first, then what was good to know, and last what was bad, the oldest first. */
function thinOut(journal: readonly JournalEntry[]): readonly JournalEntry[] {
  const newest = new Set(journal.slice(-NEWEST));
  const trimmed = withoutMany(journal);
  const isLesser = ({ level }: JournalEntry): boolean => level === 'info' || level === 'good';
  const lesser = withoutOldest(trimmed, entry => isLesser(entry) && !newest.has(entry));
  return withoutOldest(lesser, entry => !newest.has(entry));
}

function withoutOldest(
  journal: readonly JournalEntry[],
  mayGo: (entry: JournalEntry) => boolean,
): readonly JournalEntry[] {
  let excess = journal.length - THINNED_JOURNAL;
  return journal.filter(entry => {
    if (excess <= 0 || !mayGo(entry)) return true;
    excess -= 1;
    return false;
  });
}

/** Of what is alike the newest, of which the oldest says how many there were before. */
function withoutMany(journal: readonly JournalEntry[]): readonly JournalEntry[] {
  const changed = new Map<JournalEntry, JournalEntry | null>();
  for (const group of likeEntries(journal)) {
    const dropped = group.slice(0, Math.max(0, group.length - MOST_ALIKE));
    const first = group[dropped.length];
    if (dropped.length === 0 || first === undefined) continue;
    for (const entry of dropped) changed.set(entry, null);
    changed.set(first, { ...first, before: countOf(dropped) + (first.before ?? 0) });
  }
  return journal.flatMap(entry => {
    const next = changed.get(entry);
    return next === undefined ? [entry] : next === null ? [] : [next];
  });
}

/** How many there are and were of these. */
export function countOf(entries: readonly JournalEntry[]): number {
  return entries.reduce((sum, { before = 0 }) => sum + before, entries.length);
}
