import { formatBound } from '../../home/readings/value-text.ts';
import { type Bound, besideText, heldText, isBeyond, standingOf } from '../bound.ts';
import { type Condition, condition, type Judgement, type LooksAt } from '../condition.ts';
import { glance, justSaid, type Measured, measure } from '../measured.ts';

/** The bound of a sensor, a derived value or a set-point. */
export interface Limit extends Bound {
  readonly of: string;
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
    calmUntil: state => {
      const said = justSaid(state, limit.of);
      return said === null || isBeyond(said.value, limit.side, limit.limit) ? null : said.staleAt;
    },
  });
}

function judgeLimit(bound: Limit, measured: Measured, isRaised: boolean): Judgement {
  const { side, limit, graver } = bound;
  const { value, unit, decimals, againAt } = measured;
  const standing = standingOf(bound, value, isRaised);
  if (standing === 'within') return { kind: 'not-so', value: measured.text, againAt };
  if (!isRaised && graver !== null && isBeyond(value, side, graver)) {
    const why = `it is beyond its graver limit, ${formatBound(graver, unit, decimals)}, too`;
    return { kind: 'unwatched', why, againAt };
  }
  const text = besideText(bound, value, standing, measured);
  const than = standing === 'beyond' ? `, the limit is ${formatBound(limit, unit, decimals)}` : '';
  return { kind: 'so', value: text, detail: `${text}${than}${heldText(bound, standing, measured)}`, againAt };
}
