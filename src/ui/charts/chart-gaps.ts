import type { PastGap } from '../../core/history/query/past-page.ts';
import type { Glyphs } from '../../terminal/identity/glyphs.ts';
import type { StyleName } from '../theme/theme.ts';

/** One cell of a plot. */
export interface Cell {
  readonly text: string;
  readonly style: StyleName;
}

/** The kinds of gaps in the order of a legend. */
const GAP_KINDS: readonly PastGap[] = ['not-listening', 'silent', 'damaged', 'unknown'];

const WORDS: Readonly<Record<PastGap, string>> = {
  'not-listening': 'nobody listened',
  silent: 'it was silent',
  damaged: 'what was kept is damaged',
  unknown: 'not known',
};

/** Why there is no value, in a clause. */
export const gapWords = (gap: PastGap): string => WORDS[gap];

/** What the cells of a column are filled with in which nothing was heard. */
export function gapCell({ gaps }: Glyphs, gap: PastGap): Cell {
  switch (gap) {
    case 'not-listening':
      return { text: gaps.unknown, style: 'frame' };
    case 'silent':
      return { text: gaps.quiet, style: 'stale' };
    case 'damaged':
      return { text: gaps.damaged, style: 'warning' };
    case 'unknown':
      // Nothing is claimed of it.
      return { text: ' ', style: 'frame' };
  }
}

/** The kinds that are there. */
export function gapKindsIn(gaps: readonly (PastGap | null)[]): readonly PastGap[] {
  return GAP_KINDS.filter(kind => gaps.includes(kind));
}

/** What is said of a time without a value: why, where it is the same all the time. */
export function emptyWords(gaps: readonly (PastGap | null)[]): string {
  const [kind, other] = gapKindsIn(gaps);
  if (kind === undefined || other !== undefined) return 'Nothing was heard in this time';
  if (kind === 'unknown') return 'Nothing is known of this time';
  if (kind === 'not-listening') return 'Nobody listened in this time';
  return kind === 'silent' ? 'It said nothing in this time' : 'What was kept of this time is damaged';
}
