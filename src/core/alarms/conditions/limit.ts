import { formatValue } from '../../home/readings/value-text.ts';
import { type Condition, condition, type Judgement, type LooksAt } from '../condition.ts';
import { type Measured, measure } from '../measured.ts';

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
      const measured = measure(state, limit.of);
      return measured.kind === 'unwatched' ? measured : judgeLimit(limit, measured, isRaised);
    },
  });
}

function judgeLimit({ side, limit, hysteresis, graver }: Limit, measured: Measured, isRaised: boolean): Judgement {
  const { value, text, againAt } = measured;
  const isBeyond = (bound: number): boolean => (side === 'high' ? value > bound : value < bound);
  const words = (bound: number): string => formatValue(bound, measured.unit, measured.decimals);
  if (isBeyond(limit)) {
    if (!isRaised && graver !== null && isBeyond(graver)) {
      return { kind: 'unwatched', why: `it is beyond its graver limit, ${words(graver)}, too`, againAt };
    }
    return { kind: 'so', value: text, detail: `${text}, the limit is ${words(limit)}`, againAt };
  }
  const end = backFrom(limit, side, hysteresis);
  if (!isRaised || !isBeyond(end)) return { kind: 'not-so', value: text, againAt };
  const beyond = side === 'high' ? 'down' : 'up';
  return { kind: 'so', value: text, detail: `${text}; it is over from ${words(end)} ${beyond}`, againAt };
}

/** Where a value must come back to. Without the dust of binary fractions. */
function backFrom(limit: number, side: 'high' | 'low', hysteresis: number): number {
  return Number((side === 'high' ? limit - hysteresis : limit + hysteresis).toPrecision(12));
}
