import { formatValue } from '../../home/readings/value-text.ts';
import { type Condition, condition, type Judgement, type LooksAt } from '../condition.ts';
import { glance, type Measured, measure } from '../measured.ts';

/** A bound of a value, in its unit. */
export interface Limit {
  /** The sensor, derived value or set-point. */
  readonly of: string;
  readonly side: 'high' | 'low';
  /** It is so beyond it, and not on it. */
  readonly limit: number;
  /** By how much it must come back before it is over; 0 or more. */
  readonly hysteresis: number;
  /** The bound of a graver alarm of the same kind: beyond that one, this one is not raised too. `null` for none. */
  readonly graver: number | null;
}

/** Whether a value is beyond a bound. One that is not of now says nothing. */
export function limitCondition(limit: Limit, looksAt: LooksAt): Condition {
  return condition({
    looksAt,
    start: () => null,
    judge: (_, state, isRaised): Judgement => {
      // Nearly each value is within its limits: that costs no words.
      const seen = isRaised ? null : glance(state, limit.of);
      if (seen !== null && !isBeyond(seen.value, limit.side, limit.limit)) {
        return { kind: 'not-so', value: null, againAt: seen.againAt };
      }
      const measured = measure(state, limit.of);
      return measured.kind === 'unwatched' ? measured : judgeLimit(limit, measured, isRaised);
    },
  });
}

function judgeLimit(bound: Limit, measured: Measured, isRaised: boolean): Judgement {
  const { side, limit, hysteresis, graver } = bound;
  const { value, text, againAt } = measured;
  const words = (one: number): string => formatValue(one, measured.unit, measured.decimals);
  if (isBeyond(value, side, limit)) {
    if (!isRaised && graver !== null && isBeyond(value, side, graver)) {
      return { kind: 'unwatched', why: `it is beyond its graver limit, ${words(graver)}, too`, againAt };
    }
    return { kind: 'so', value: text, detail: `${text}, the limit is ${words(limit)}`, againAt };
  }
  const end = isRaised ? backFrom(limit, side, hysteresis) : limit;
  if (!isBeyond(value, side, end)) return { kind: 'not-so', value: text, againAt };
  const detail = `${text}; it is over from ${words(end)} ${side === 'high' ? 'down' : 'up'}`;
  return { kind: 'so', value: text, detail, againAt };
}

function isBeyond(value: number, side: Limit['side'], bound: number): boolean {
  return side === 'high' ? value > bound : value < bound;
}

/** Where a value must come back to. Without the dust of binary fractions. */
function backFrom(limit: number, side: 'high' | 'low', hysteresis: number): number {
  return Number((side === 'high' ? limit - hysteresis : limit + hysteresis).toPrecision(12));
}
