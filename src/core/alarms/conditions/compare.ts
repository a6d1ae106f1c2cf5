import { formatBound } from '../../home/readings/value-text.ts';
import { labelOf } from '../../house/house.ts';
import { type Bound, besideText, endOf, standingOf, type Written } from '../bound.ts';
import { type Condition, condition, type Judgement, type LooksAt } from '../condition.ts';
import { measure } from '../measured.ts';

/** Two values of one unit, of which one is to be no more than so much above the other. */
export interface Comparison {
  readonly of: string;
  readonly side: 'above' | 'below';
  readonly other: string;
  /** By more than this. */
  readonly by: number;
  /** By how much the difference must come back before it is over; 0 or more. */
  readonly hysteresis: number;
}

/** Whether the one is above or below the other by more than that; both are of now. */
export function compared({ of, side, other, by, hysteresis }: Comparison, looksAt: LooksAt): Condition {
  return condition({
    looksAt,
    start: () => null,
    judge: (_, state, isRaised): Judgement => {
      const [one, two] = [measure(state, of), measure(state, other)];
      if (one.kind === 'unwatched') return one;
      if (two.kind === 'unwatched') return two;
      const difference = Number((side === 'above' ? one.value - two.value : two.value - one.value).toPrecision(12));
      const times = [one.againAt, two.againAt].flatMap(at => at ?? []);
      const againAt = times.length === 0 ? null : Math.min(...times);
      const bound: Bound = { side: 'high', limit: by, hysteresis };
      const standing = standingOf(bound, difference, isRaised);
      if (standing === 'within') return { kind: 'not-so', value: one.text, againAt };
      const written = { unit: one.unit === '°C' ? 'K' : one.unit, decimals: one.decimals };
      const label = labelOf(state.house, other);
      const detail =
        standing === 'beyond'
          ? `${one.text}, ${besideText(bound, difference, standing, written)} ${side} ${label} with ${two.text}`
          : `${one.text}, and ${label} ${two.text}; it is over from ${apartText(endOf(bound), side, written)} it on`;
      return { kind: 'so', value: one.text, detail, againAt };
    },
  });
}

/** A difference to another value in words, of either sign: `1.0 K above`. */
function apartText(difference: number, side: Comparison['side'], { unit, decimals }: Written): string {
  const other = side === 'above' ? 'below' : 'above';
  return `${formatBound(Math.abs(difference), unit, decimals)} ${difference < 0 ? other : side}`;
}
