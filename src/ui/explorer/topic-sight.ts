import type { PastValue, RecentValues } from '../../core/explorer/recent-values.ts';
import type { TopicNode } from '../../core/explorer/topic-node.ts';
import type { ExploreAsk } from '../keys/intent.ts';

/** One topic that is looked at, and how. */
export interface TopicSight {
  readonly node: TopicNode;
  readonly form: 'payload' | 'hex' | 'values';
  /** The value that is looked at; `null` for the newest, whichever that is. */
  readonly value: PastValue | null;
  /** What it is compared with; `null` for the one before it. */
  readonly marked: PastValue | null;
  /** Which of the numbers in it is drawn: it goes around. */
  readonly number: number;
  /** Rows that are scrolled away above. */
  readonly scroll: number;
}

/** A topic as one begins to look at it. */
export const firstSight = (node: TopicNode): TopicSight => ({
  ...{ node, form: 'payload', value: null, marked: null, number: 0, scroll: 0 },
});

/** The values of a topic as they were at a moment, ms; `null` for now. The oldest first. */
export function valuesOf(values: RecentValues, { node }: TopicSight, stoppedAt: number | null): readonly PastValue[] {
  const all = values.of(node);
  return stoppedAt === null ? all : all.filter(({ at }) => at <= stoppedAt);
}

/** What is looked at, and what that is compared with. */
export function chosenOf(
  { value, marked }: TopicSight,
  all: readonly PastValue[],
): { readonly chosen: PastValue | null; readonly before: PastValue | null; readonly place: number } {
  const chosen = value ?? all.at(-1) ?? null;
  const place = chosen === null ? -1 : all.lastIndexOf(chosen);
  return { chosen, before: marked ?? all[place - 1] ?? null, place };
}

const FORMS = { payload: 'hex', hex: 'values', values: 'payload' } as const;

/** What is asked of a topic that is looked at. */
export type SightAsk = Extract<
  ExploreAsk,
  'up' | 'down' | 'page-up' | 'page-down' | 'first' | 'last' | 'form' | 'older' | 'newer' | 'mark' | 'number'
>;

/** A topic after a key; `height` and `most` are the rows of its part on the screen and those there are. */
export function lookAtTopic(
  sight: TopicSight,
  ask: SightAsk,
  all: readonly PastValue[],
  { height, most }: { readonly height: number; readonly most: number },
): TopicSight {
  const { chosen } = chosenOf(sight, all);
  const scrolled = (to: number): TopicSight => ({ ...sight, scroll: Math.max(0, Math.min(to, most - height)) });
  // Among the values the newest stands at the top.
  const go = (rows: number): TopicSight =>
    sight.form === 'values' ? step(sight, all, -rows) : scrolled(sight.scroll + rows);
  switch (ask) {
    case 'form':
      return { ...sight, form: FORMS[sight.form], scroll: 0 };
    case 'older':
      return step(sight, all, -1);
    case 'newer':
      return step(sight, all, 1);
    case 'mark':
      return { ...sight, marked: sight.marked === chosen ? null : chosen };
    case 'number':
      return { ...sight, number: sight.number + 1 };
    case 'up':
      return go(-1);
    case 'down':
      return go(1);
    case 'page-up':
      return go(-height);
    case 'page-down':
      return go(height);
    case 'first':
      return go(-Math.max(most, all.length));
    case 'last':
      return go(Math.max(most, all.length));
  }
}

/** To a newer value, or to an older one where `by` is less than 0. */
function step(sight: TopicSight, all: readonly PastValue[], by: number): TopicSight {
  const next = Math.max(0, Math.min(chosenOf(sight, all).place + by, all.length - 1));
  return { ...sight, value: next === all.length - 1 ? null : (all[next] ?? null) };
}
