import { timesText } from '../../count-text.ts';
import { formatDuration } from '../../duration.ts';
import { saidAt } from '../../home/state/state.ts';
import { getRow } from '../../home/state/table.ts';
import { type Condition, condition, type HouseStep, type Judgement, type LooksAt } from '../condition.ts';
import { deafness } from '../measured.ts';

/** Something that happens too often, or changes too often. */
export interface Often {
  readonly of: string;
  /** What it comes to say or to stand at; `null` for any change. */
  readonly is: string | null;
  /** So often it may be. */
  readonly times: number;
  readonly withinMs: number;
}

/** Whether it happened more often than that lately. What a broker had kept, and what is said for the first time, is no change. */
export function often({ of, is, times, withinMs }: Often, looksAt: LooksAt): Condition {
  return condition<readonly number[]>({
    looksAt,
    start: () => [],
    step: (known, step) => {
      const word = happened(of, step);
      if (word === null || (is !== null && word !== is)) return known;
      const at = saidAt(step.after);
      // One more than may be is enough to know, and by the oldest of them when it is over.
      return [...known, at].slice(-times - 1);
    },
    judge: (known, state): Judgement => {
      const recent = known.filter(time => state.at - time < withinMs);
      const value = timesText(recent.length);
      const [oldest] = recent;
      if (recent.length <= times || oldest === undefined) return deafness(state) ?? { kind: 'not-so', value };
      const detail = `more than ${timesText(times)} within ${formatDuration(withinMs)}`;
      return { kind: 'so', value: null, detail, againAt: oldest + withinMs };
    },
  });
}

/** What a step of the house made of it; `null` where it stays as it was. */
function happened(id: string, { event, before, after }: HouseStep): string | null {
  if (event.type !== 'message-received' || event.isRetained) return null;
  const [was, is] = [getRow(before.words, id), getRow(after.words, id)];
  if (was !== undefined && is !== undefined && was !== is) {
    if (is.count > was.count) return is.word;
    return was.word !== null && !was.isRetained && was.word !== is.word ? is.word : null;
  }
  const [stood, stands] = [getRow(before.switches, id), getRow(after.switches, id)];
  if (stood?.position == null || stood.isRetained || stands === undefined) return null;
  return stood.position === stands.position ? null : stands.position;
}
