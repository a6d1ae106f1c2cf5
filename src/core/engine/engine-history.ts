import type { Listening } from '../history/listening.ts';
import { answerOf, type HistoryAnswer, type HistoryItem, openLines } from '../history/query/query.ts';
import { mergeSpans, type Span } from '../history/spans.ts';
import { decimalsOf, type House } from '../house/house.ts';
import type { EnginePart, HeardPart } from './part.ts';

/** What an engine said of one run. */
export interface RunAnswer {
  readonly stepS: number;
  /** Of each item, in their order. */
  readonly items: readonly (readonly EnginePart[])[];
  readonly heard: readonly HeardPart[];
}

/** The answer to a question as the store of this machine gives it, from what an engine said; edges and `now` in seconds. */
export function engineHistory(
  items: readonly HistoryItem[],
  edges: readonly number[],
  now: number,
  runs: readonly RunAnswer[],
): HistoryAnswer {
  const within = { from: edges[0] ?? 0, until: Math.min(edges.at(-1) ?? 0, now) };
  const lines = openLines(items, within, edges);
  for (const { stepS, items: parts } of runs) {
    for (const [place, { summary, finder }] of lines.entries()) {
      for (const { from, n, sample } of parts[place] ?? []) {
        summary.addSample(from, n, sample);
        finder.spoke(from, from + stepS);
      }
    }
  }
  const answer = answerOf(lines, listeningOf(runs), within);
  return runs.some(({ heard }) => heard.length > 0) ? answer : withoutReasons(answer);
}

/** Of an engine that was never told when somebody listened, nobody knows why it has nothing. */
function withoutReasons({ items, knownUntil }: HistoryAnswer): HistoryAnswer {
  const bare = items.map(({ item, buckets }) => ({
    item,
    buckets: buckets.map(bucket => ({ ...bucket, gap: null })),
    silences: [],
  }));
  return { items: bare, gaps: [], knownUntil };
}

/** A stretch that was heard in part is told as heard from its beginning: where in it is not known, how much of it is. */
function listeningOf(runs: readonly RunAnswer[]): Listening {
  const spans = runs.flatMap(({ stepS, heard }) =>
    heard.map(({ from, heardS }): Span => ({ from, until: from + Math.min(stepS, Math.round(heardS)) })),
  );
  return { heard: mergeSpans(spans), lost: [] };
}

/** The sensors of a house as an engine is asked for them; by what the house file says, since the engine knows no more. */
export function engineItems(house: House, only: ReadonlySet<string> | null): readonly HistoryItem[] {
  return [...house.sensors].flatMap(([id, sensor], n) => {
    if (only !== null && !only.has(id)) return [];
    const { unit } = sensor;
    const series = [{ n, id, unit, scale: decimalsOf(sensor) + 1 }];
    return [{ id, unit, series, everyS: sensor.every ?? null, expireAfterS: sensor.expireAfter ?? null }];
  });
}
