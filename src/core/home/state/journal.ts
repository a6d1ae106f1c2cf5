/** One line of the events list: what happened in the house, in words. */
export interface JournalEntry {
  /** Counts up through a run and is never used twice. */
  readonly id: number;
  readonly at: number;
  readonly level: 'info' | 'good' | 'warning' | 'critical';
  readonly kind: 'link' | 'switch' | 'client' | 'sensor' | 'item' | 'denial' | 'broker' | 'issue';
  /** The id of the item or client it is about; `item` is one that is said in words. */
  readonly subject: string | null;
  /** One sentence without a full stop, clean of control characters. */
  readonly text: string;
}

/** How many entries are kept. */
const LONGEST_JOURNAL = 500;

/** What a journal needs of the state that it stands in. */
interface WithJournal {
  readonly at: number;
  readonly nextId: number;
  readonly journal: readonly JournalEntry[];
}

/** The state with one more line in its journal, at the time of the state. */
export function addToJournal<State extends WithJournal>(state: State, entry: Omit<JournalEntry, 'id' | 'at'>): State {
  const line: JournalEntry = { ...entry, id: state.nextId, at: state.at };
  return { ...state, nextId: state.nextId + 1, journal: [...state.journal.slice(1 - LONGEST_JOURNAL), line] };
}
