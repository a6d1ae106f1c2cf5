import type { GapKind } from '../../core/history/query/query.ts';
import type { Glyphs } from '../../terminal/identity/glyphs.ts';
import type { StyleName } from '../theme/theme.ts';

/** One cell of a plot. */
export interface Cell {
  readonly text: string;
  readonly style: StyleName;
}

/** The kinds of gaps in the order of a legend. */
const GAP_KINDS: readonly GapKind[] = ['not-listening', 'silent', 'damaged'];

const WORDS: Readonly<Record<GapKind, string>> = {
  'not-listening': 'nobody listened',
  silent: 'it was silent',
  damaged: 'what was kept is damaged',
};

/** Why there is no value, in a clause. */
export const gapWords = (gap: GapKind): string => WORDS[gap];

/** What the cells of a column are filled with in which nothing was heard. */
export function gapCell({ gaps }: Glyphs, gap: GapKind): Cell {
  switch (gap) {
    case 'not-listening':
      return { text: gaps.unknown, style: 'frame' };
    case 'silent':
      return { text: gaps.quiet, style: 'stale' };
    case 'damaged':
      return { text: gaps.damaged, style: 'warning' };
  }
}

/** The kinds that are there. */
export function gapKindsIn(gaps: readonly (GapKind | null)[]): readonly GapKind[] {
  return GAP_KINDS.filter(kind => gaps.includes(kind));
}

/** What is said of a time without a value: why, where it is the same all the time. */
export function emptyWords(gaps: readonly (GapKind | null)[]): string {
  const [kind, other] = gapKindsIn(gaps);
  if (kind === undefined || other !== undefined) return 'Nothing was heard in this time';
  if (kind === 'not-listening') return 'Nobody listened in this time';
  return kind === 'silent' ? 'It said nothing in this time' : 'What was kept of this time is damaged';
}
