/** What of a history is kept; `null` for all. */
export interface Retention {
  /** How many days the readings themselves are kept. */
  readonly readingDays: number | null;
  /** How many years roll-ups and events are kept. */
  readonly rollUpYears: number | null;
  /** What the history may take on the disk, bytes. */
  readonly budgetBytes: number | null;
}

/** Nothing is ever removed. */
export const keepAll: Retention = { readingDays: null, rollUpYears: null, budgetBytes: null };

/** A file that may be removed. */
export interface KeptFile {
  readonly name: string;
  readonly kind: 'readings' | '5m' | '1h' | 'events';
  /** The first and the last day that it may hold, days since 1970. */
  readonly first: number;
  readonly last: number;
  readonly bytes: number;
  /** Whether coarser files say the same: without them readings are not removed. */
  readonly isRolled: boolean;
}

/** A file that is to go, and why. */
export interface Removal {
  readonly file: KeptFile;
  readonly why: 'age' | 'budget';
}

/** What is to go, and by how much the rest is still too large, bytes. */
export interface RemovalPlan {
  readonly removals: readonly Removal[];
  readonly overBy: number;
}

const DAYS_OF_YEAR = 365.25;
/** The readings of the last days stay, however small the budget is. */
const LEAST_DAYS = 7;

/**
 * Decides what goes: what is older than it is to be kept, then, as long as all is larger than it may be, the oldest readings,
 * and after them the oldest roll-ups of 5 minutes. `today` is in days since 1970.
 */
export function planRemoval(files: readonly KeptFile[], retention: Retention, today: number): RemovalPlan {
  const { readingDays, rollUpYears, budgetBytes } = retention;
  const isOld = ({ kind, last, isRolled }: KeptFile): boolean => {
    if (kind === 'readings') return readingDays !== null && isRolled && last < today - readingDays;
    return rollUpYears !== null && last < today - rollUpYears * DAYS_OF_YEAR;
  };
  const removals: Removal[] = files.filter(isOld).map(file => ({ file, why: 'age' }));
  if (budgetBytes === null) return { removals, overBy: 0 };
  const left = files.filter(file => !isOld(file)).sort((one, other) => one.first - other.first);
  let overBy = left.reduce((sum, { bytes }) => sum + bytes, 0) - budgetBytes;
  const mayGo = left.filter(({ last, isRolled }) => isRolled && last < today - LEAST_DAYS);
  for (const kind of ['readings', '5m'] as const) {
    for (const file of mayGo.filter(one => one.kind === kind)) {
      if (overBy <= 0) break;
      removals.push({ file, why: 'budget' });
      overBy -= file.bytes;
    }
  }
  return { removals, overBy: Math.max(0, overBy) };
}
