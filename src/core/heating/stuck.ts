import { type AlarmDefinition, condition, type Judgement, lookAt } from '../alarms/condition.ts';
import { measure } from '../alarms/measured.ts';
import type { Bucket } from '../home/readings/series.ts';
import type { Reading } from '../home/state/reading.ts';
import { getRow } from '../home/state/table.ts';
import { type House, labelOf } from '../house/house.ts';
import { finding, notSo } from './finding.ts';

/** The stretches of a series that are looked at, ms: its coarsest. */
const STRETCH_MS = 300_000;
const HOUR_MS = 3_600_000;
const PER_HOUR = HOUR_MS / STRETCH_MS;
/** Without any change for so many hours a sensor that moves is stuck. */
const STUCK_HOURS = 6;
/** So many hours before must be known, to say how much it moves. */
const KNOWN_HOURS = 12;
/** A tenth of those hours may be calmer than this many steps of the sensor. */
const CALM_SHARE = 0.1;
const LEAST_STEPS = 3;

/** A value that has not moved for hours while its device speaks, of a sensor that moves each hour. */
export function stuckSensor(house: House, id: string): AlarmDefinition {
  return finding({
    id: `${id}-stuck`,
    label: `${labelOf(house, id)} has not moved for ${STUCK_HOURS} h`,
    priority: 'warning',
    about: [id],
    onDelayMs: 0,
    cure: 'Take it out of its place and warm it in the hand: if its value stays, it has failed, or its program sends an old value',
    source: 'a rule of hometui: in nine of ten hours before it moved by more than three of its steps',
    condition: condition({
      looksAt: lookAt(house, [id]),
      start: () => null,
      judge: (_, state): Judgement => {
        const measured = measure(state, id);
        if (measured.kind === 'unwatched') return measured;
        const reading = getRow(state.readings, id);
        const value = measured.text;
        const still = reading === undefined ? null : stillness(reading, state.at);
        if (still === 'moves') return notSo(value);
        if (still === null) return { kind: 'unwatched', why: 'its hours before are not known yet' };
        const detail = `${value} in each message of the last ${STUCK_HOURS} h; before that it moved by ${still.usual}${movedUnit(measured.unit)} and more in nine of ten hours`;
        return { kind: 'so', value, detail };
      },
    }),
  });
}

/** The unit of a difference. */
function movedUnit(unit: string): string {
  return unit === '' ? '' : ` ${unit === '°C' ? 'K' : unit}`;
}

/** Whether it moves; that it stands still where it should move; `null` where that cannot be told. */
function stillness({ series, value }: Reading, at: number): 'moves' | { readonly usual: string } | null {
  const tier = series.tiers.find(({ bucketMs }) => bucketMs === STRETCH_MS);
  const newest = tier?.open ?? null;
  if (tier === undefined || newest === null || newest.min !== newest.max) return 'moves';
  const buckets = [...tier.closed, newest];
  const now = Math.floor(at / STRETCH_MS) * STRETCH_MS;
  const since = now - STUCK_HOURS * HOUR_MS;
  const last = buckets.filter(({ startAt }) => startAt >= since);
  if (last.some(({ min, max }) => min !== value || max !== value)) return 'moves';
  // What was not heard may have moved.
  if (last.filter(({ startAt }) => startAt < now).length < STUCK_HOURS * PER_HOUR) return null;
  const hours = hoursBefore(buckets, since);
  if (hours.length < KNOWN_HOURS) return null;
  const spreads = hours.map(spreadOf).sort((one, other) => one - other);
  const usual = spreads[Math.floor(spreads.length * CALM_SHARE)] ?? 0;
  const step = stepOf(buckets);
  return usual > LEAST_STEPS * step ? { usual: `${Number(usual.toPrecision(3))}` } : null;
}

/** The whole hours before a moment, each as its stretches. */
function hoursBefore(buckets: readonly Bucket[], until: number): readonly (readonly Bucket[])[] {
  const hours = new Map<number, Bucket[]>();
  for (const bucket of buckets) {
    if (bucket.startAt >= until) continue;
    const hour = Math.floor((until - STRETCH_MS - bucket.startAt) / HOUR_MS);
    hours.set(hour, [...(hours.get(hour) ?? []), bucket]);
  }
  return [...hours.values()].filter(({ length }) => length === PER_HOUR);
}

function spreadOf(hour: readonly Bucket[]): number {
  return Math.max(...hour.map(({ max }) => max)) - Math.min(...hour.map(({ min }) => min));
}

/** The least difference between two values that it said: the step of the sensor. */
function stepOf(buckets: readonly Bucket[]): number {
  const values = [...new Set(buckets.flatMap(({ min, max, last }) => [min, max, last]))].sort(
    (one, other) => one - other,
  );
  const steps = values.slice(1).map((value, place) => value - (values[place] ?? value));
  return steps.length === 0 ? Number.POSITIVE_INFINITY : Math.min(...steps);
}
