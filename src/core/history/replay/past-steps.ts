import type { House } from '../../house/house.ts';
import { decodeMeasured } from '../../mqtt/measured-number.ts';
import type { KeptEvent } from './kept-event.ts';
import type { KeptMoment } from './kept-steps.ts';
import { spreadTimes } from './spread-times.ts';

/** One step of the past, to be taken again: something came in, or all that was known is given. `at` is ms. */
export type PastStep =
  | ({ readonly kind: 'event'; readonly at: number } & KeptEvent)
  | { readonly kind: 'moment'; readonly at: number; readonly moment: KeptMoment };

/** A value as it was kept: with its second, since 1970. */
export interface PastValue {
  readonly second: number;
  readonly value: number;
}

/**
 * Puts values and steps in the order in which they came. What was kept as a value and as a step is one: the step says
 * more. Values of which only the second is known come before the steps of their second, as those behind one were kept
 * whole. `steps` in the order in which they were written, values rising in time.
 */
export function orderPast(
  steps: readonly PastStep[],
  values: ReadonlyMap<string, readonly PastValue[]>,
  house: House,
): readonly PastStep[] {
  const whole = wholeValues(steps, house);
  const latest = firstInSecond(steps, house);
  const recalled = [...values].flatMap(([sensorId, list]) => recall(sensorId, list, whole.get(sensorId), latest));
  // In the same millisecond values come first; steps stay as they were written.
  return [...recalled, ...steps].sort((one, other) => one.at - other.at);
}

/** The very times of the values that are in steps, by sensor and second. */
type WholeTimes = ReadonlyMap<number, readonly number[]>;

function wholeValues(steps: readonly PastStep[], house: House): ReadonlyMap<string, WholeTimes> {
  const bySensor = new Map<string, Map<number, number[]>>();
  for (const step of steps) {
    if (step.kind !== 'event' || step.event.type !== 'message-received' || step.event.isRetained) continue;
    for (const { kind, id } of house.routes.get(step.event.topic) ?? []) {
      const sensor = house.sensors.get(id);
      if (kind !== 'sensor' || sensor === undefined) continue;
      if (step.doubted?.includes(id) === true || !decodeMeasured(step.event.payload, sensor).ok) continue;
      const times = bySensor.get(id) ?? new Map<number, number[]>();
      const second = Math.floor(step.at / 1_000);
      times.set(second, [...(times.get(second) ?? []), step.at]);
      bySensor.set(id, times);
    }
  }
  return bySensor;
}

/** When the first step of a second came that is more than a value, ms. */
function firstInSecond(steps: readonly PastStep[], house: House): ReadonlyMap<number, number> {
  const first = new Map<number, number>();
  for (const step of steps) {
    const isValue =
      step.kind === 'event' &&
      step.event.type === 'message-received' &&
      step.doubted === undefined &&
      (house.routes.get(step.event.topic) ?? []).every(({ kind }) => kind === 'sensor');
    const second = Math.floor(step.at / 1_000);
    if (!isValue) first.set(second, Math.min(step.at, first.get(second) ?? step.at));
  }
  return first;
}

function recall(
  sensorId: string,
  values: readonly PastValue[],
  whole: WholeTimes | undefined,
  latest: ReadonlyMap<number, number>,
): readonly PastStep[] {
  const exact = exactTimes(values, whole);
  const times = spreadTimes(
    values.map(({ second }, place) => ({
      second,
      exact: exact[place] ?? null,
      latest: latest.get(second) ?? Number.POSITIVE_INFINITY,
    })),
  );
  return values.flatMap(({ value }, place) => {
    if (exact[place] !== null) return [];
    const at = times[place] ?? 0;
    return [{ kind: 'event', at, event: { type: 'value-recalled', at, sensorId, value }, commandId: null } as const];
  });
}

/** When those of the values came that are steps, too, `null` for the others: of several in one second the last ones. */
function exactTimes(values: readonly PastValue[], whole: WholeTimes = new Map()): readonly (number | null)[] {
  const left = new Map([...whole].map(([second, times]) => [second, [...times].sort((a, b) => a - b)] as const));
  return values
    .toReversed()
    .map(({ second }) => left.get(second)?.pop() ?? null)
    .toReversed();
}
