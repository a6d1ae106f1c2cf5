import { formatDuration } from '../../duration.ts';
import { formatValue } from '../../home/readings/value-text.ts';
import type { HomeState } from '../../home/state/state.ts';
import { type Condition, condition, type Judgement, type LooksAt } from '../condition.ts';
import { measure } from '../measured.ts';

/** A value that moves too fast; in its unit. */
export interface Rate {
  readonly of: string;
  /** By more than this; `null` where it may. */
  readonly rises: number | null;
  readonly falls: number | null;
  readonly withinMs: number;
}

/** The least and the greatest value of a short while, which began at `at`, ms. */
interface Slice {
  readonly at: number;
  readonly min: number;
  readonly max: number;
}

/** A window is remembered in so many pieces. */
const SLICES = 120;

/** Whether it moved by more than that lately. What was before a gap does not count. */
export function rate({ of, rises, falls, withinMs }: Rate, looksAt: LooksAt): Condition {
  const see = (known: readonly Slice[], state: HomeState): readonly Slice[] => {
    const measured = measure(state, of);
    return measured.kind === 'unwatched' ? [] : addTo(known, state.at, measured.value, withinMs);
  };
  return condition<readonly Slice[]>({
    looksAt,
    start: state => see([], state),
    step: (known, { after }) => see(known, after),
    judge: (known, state): Judgement => {
      const measured = measure(state, of);
      if (measured.kind === 'unwatched') return measured;
      const { value, text, unit, decimals, againAt } = measured;
      const recent = known.filter(({ at }) => state.at - at <= withinMs);
      const [rise, fall] = [
        value - Math.min(...recent.map(({ min }) => min)),
        Math.max(...recent.map(({ max }) => max)) - value,
      ];
      const isRise = rises !== null && rise > rises;
      if (!isRise && !(falls !== null && fall > falls)) return { kind: 'not-so', value: text, againAt };
      const by = formatValue(isRise ? rise : fall, unit, decimals);
      const detail = `${text}, ${by} ${isRise ? 'more' : 'less'} within ${formatDuration(withinMs)}`;
      const oldest = (recent[0]?.at ?? state.at) + withinMs + 1;
      return { kind: 'so', value: text, detail, againAt: Math.min(againAt ?? oldest, oldest) };
    },
  });
}

function addTo(known: readonly Slice[], at: number, value: number, withinMs: number): readonly Slice[] {
  const recent = known.filter(slice => at - slice.at <= withinMs);
  const last = recent.at(-1);
  if (last === undefined || at - last.at >= withinMs / SLICES) return [...recent, { at, min: value, max: value }];
  const widened = { at: last.at, min: Math.min(last.min, value), max: Math.max(last.max, value) };
  return [...recent.slice(0, -1), widened];
}
