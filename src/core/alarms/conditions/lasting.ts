import { formatDuration } from '../../duration.ts';
import type { HomeState } from '../../home/state/state.ts';
import { type Condition, condition, type Judgement, type LooksAt } from '../condition.ts';
import { say } from '../measured.ts';

/** Something that stands somewhere, or says something, for too long. */
export interface Lasting {
  readonly of: string;
  /** Where, as the house has it: `on`, an option, a word. */
  readonly is: string;
  readonly forMs: number;
}

/** What it was last seen to be, and since when without a gap in what is heard, ms. */
interface Seen {
  readonly word: string;
  readonly since: number;
}

/** Whether it is so for longer than that. After a gap the time counts anew: it may have been otherwise meanwhile. */
export function lasting({ of, is, forMs }: Lasting, looksAt: LooksAt): Condition {
  const see = (state: HomeState, seen: Seen | null, hasGap: boolean): Seen | null => {
    const said = say(state, of);
    if (said.kind === 'unwatched') return null;
    if (seen?.word === said.word) return seen;
    return { word: said.word, since: hasGap ? state.at : (said.changedAt ?? state.at) };
  };
  return condition<Seen | null>({
    looksAt,
    start: state => see(state, null, false),
    step: (seen, { after }) => see(after, seen, seen === null),
    judge: (memory, state): Judgement => {
      const said = say(state, of);
      if (said.kind === 'unwatched') return said;
      const seen = see(state, memory, memory === null);
      if (seen === null || seen.word !== is) return { kind: 'not-so', value: said.text };
      const dueAt = seen.since + forMs;
      if (state.at < dueAt) return { kind: 'not-so', value: said.text, againAt: dueAt };
      return { kind: 'so', value: said.text, detail: `${said.text} for ${formatDuration(forMs)} and longer` };
    },
  });
}
