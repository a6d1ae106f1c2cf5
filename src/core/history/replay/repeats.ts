import type { KeptEvent } from './kept-event.ts';

/** An event as it is written: what came again just as it was is told by its times alone. */
export interface FoldedEvent extends KeptEvent {
  /** How long after the one before it came each time, ms. */
  readonly again?: readonly number[];
}

/**
 * Folds messages that say the same again: a relay that repeats its position each second would be most of what is written.
 * Nothing is lost: each comes in again at its very moment. Of those of one millisecond the order counts, and they stay.
 */
export function foldRepeats(events: readonly KeptEvent[]): readonly FoldedEvent[] {
  const counts = new Map<number, number>();
  for (const { event } of events) counts.set(event.at, (counts.get(event.at) ?? 0) + 1);
  const folded: { kept: KeptEvent; again: number[]; lastAt: number }[] = [];
  const byText = new Map<string | null, (typeof folded)[number]>();
  for (const kept of events) {
    const { at } = kept.event;
    const text = counts.get(at) === 1 ? textOf(kept) : null;
    const known = byText.get(text);
    if (known !== undefined && at > known.lastAt) {
      known.again.push(at - known.lastAt);
      known.lastAt = at;
      continue;
    }
    const one = { kept, again: [], lastAt: at };
    folded.push(one);
    if (text !== null) byText.set(text, one);
  }
  return folded.map(({ kept, again }) => (again.length === 0 ? kept : { ...kept, again }));
}

/** The events again, each at its moment; what stands there and is no time leaves out what would follow. */
export function unfoldRepeats(folded: readonly FoldedEvent[]): readonly KeptEvent[] {
  return folded.flatMap(({ again, ...kept }) => {
    const all: KeptEvent[] = [kept];
    let { at } = kept.event;
    for (const step of Array.isArray(again) ? again : []) {
      if (!Number.isSafeInteger(step) || step <= 0) break;
      at += step;
      all.push({ ...kept, event: { ...kept.event, at } });
    }
    return all;
  });
}

/** What a message says, whenever it came; `null` for what is none. */
function textOf({ event, doubted }: KeptEvent): string | null {
  if (event.type !== 'message-received') return null;
  const { at: _, payload, ...others } = event;
  return JSON.stringify([others, [...payload], doubted]);
}
