import type { Bucket } from '../../home/readings/series.ts';
import type { KeptPosition, RecentPast } from '../../home/state/event.ts';
import type { House } from '../../house/house.ts';
import type { HistoryEvent } from '../history-event.ts';
import { mergeSpans } from '../spans.ts';
import type { PastSource } from './past-page.ts';
import { unitChange } from './unit-change.ts';

/** What a series keeps at its finest, s. */
const BUCKET_S = 10;
/** So far back what a console shows at first reaches, s: where there are many sensors not quite as far. */
const REACH_S = { few: 3_600, many: 1_200 } as const;
const MANY = 64;
/** The position of a relay is looked for month by month, so far back. */
const MOST_MONTHS = 13;
const MONTH_S = 31 * 86_400;

/** What is asked of a history for that. */
type RecentSource = Omit<PastSource, 'tally'>;

/**
 * What a console that has just been started did not hear itself: the newest values of each sensor, and where each relay
 * stood when it last spoke. `aheadMs` is what the clock of the events is ahead of the time of day, in whole seconds;
 * `now` the time of day, seconds. Throws what the source throws.
 */
export function readRecentPast(
  source: RecentSource,
  house: House,
  { aheadMs, now }: { readonly aheadMs: number; readonly now: number },
): RecentPast {
  return { ...readSeries(source, house, aheadMs, now), positions: readPositions(source, house, aheadMs, now) };
}

function readSeries(
  source: RecentSource,
  house: House,
  aheadMs: number,
  now: number,
): Pick<RecentPast, 'series' | 'listened'> {
  const found = new Map<string, Map<number, OpenBucket>>();
  const known = new Map(
    source.series.flatMap(({ n, id, unit, scale }) => {
      const sensor = house.sensors.get(id);
      const change = sensor === undefined ? null : unitChange(unit, sensor.unit);
      if (change === null) return [];
      const buckets = found.get(id) ?? new Map<number, OpenBucket>();
      found.set(id, buckets);
      return [[n, { buckets, factor: 10 ** -scale, change }] as const];
    }),
  );
  const reach = house.sensors.size > MANY ? REACH_S.many : REACH_S.few;
  const span = { from: Math.floor((now - reach) / BUCKET_S) * BUCKET_S, until: now + 1 };
  const { heard, lost } = source.read(new Set(known.keys()), span, null, {
    rollUp: () => {},
    reading: (n, second, kept) => {
      const series = known.get(n);
      if (series === undefined) return;
      // Buckets are those of the clock of the events.
      const startAt = Math.floor((second * 1_000 + aheadMs) / (BUCKET_S * 1_000)) * BUCKET_S * 1_000;
      addValue(series.buckets, startAt, series.change(kept * series.factor));
    },
  });
  const inOrder = (buckets: ReadonlyMap<number, Bucket>): readonly Bucket[] =>
    [...buckets.values()].sort((one, other) => one.startAt - other.startAt);
  // Of what is damaged nobody can say that it was not heard.
  const listened = mergeSpans([...heard, ...lost]).map(({ from, until }) => ({
    fromAt: from * 1_000 + aheadMs,
    untilAt: until * 1_000 + aheadMs,
  }));
  const series = new Map([...found].flatMap(([id, buckets]) => (buckets.size === 0 ? [] : [[id, inOrder(buckets)]])));
  return { series, listened };
}

type OpenBucket = { -readonly [Field in keyof Bucket]: Bucket[Field] };

/** In place, since there may be a hundred thousand values. */
function addValue(buckets: Map<number, OpenBucket>, startAt: number, value: number): void {
  const bucket = buckets.get(startAt);
  if (bucket === undefined) {
    buckets.set(startAt, { startAt, min: value, max: value, last: value, sum: value, count: 1 });
    return;
  }
  bucket.min = Math.min(bucket.min, value);
  bucket.max = Math.max(bucket.max, value);
  bucket.last = value;
  bucket.sum += value;
  bucket.count += 1;
}

function readPositions(source: RecentSource, house: House, aheadMs: number, now: number): RecentPast['positions'] {
  const found = new Map<string, KeptPosition>();
  for (let month = 0; month < MOST_MONTHS && found.size < house.switches.size; month += 1) {
    const until = now + 1 - month * MONTH_S;
    for (const event of source.events({ from: until - MONTH_S, until }).toReversed()) {
      const position = positionIn(event);
      if (event.id === null || position === null || !house.switches.has(event.id) || found.has(event.id)) continue;
      found.set(event.id, { position, at: event.at + aheadMs });
    }
  }
  return found;
}

function positionIn({ type, detail }: HistoryEvent): KeptPosition['position'] | null {
  return type === 'switch' && typeof detail.state === 'string' && detail.state !== 'unknown' ? detail.state : null;
}
