import { decimalsOf, type House } from '../../house/house.ts';
import { metricUnit } from '../../prometheus-unit.ts';
import { fail, ok, type Result } from '../../result.ts';
import { type SeriesInfo, scaleValue } from '../series.ts';
import type { ImportedReading, LineFault } from './imported.ts';

/** What a value of a file becomes. */
export interface Target {
  readonly id: string;
  readonly unit: string;
  readonly scale: number;
  /** As it is kept: value × 10^scale. */
  readonly scaled: number;
}

/** How many digits behind the point are kept of a sensor: one more than is shown. */
export function keptDigits(house: House, id: string): number {
  return decimalsOf(house.sensors.get(id)) + 1;
}

/**
 * Finds the sensor of each value: one of the house, or one that was recorded; `map` gives names of a file the id of a sensor.
 * `null` is the answer for a name that nobody knows.
 */
export function openTargets(
  house: House,
  series: readonly SeriesInfo[],
  map: ReadonlyMap<string, string>,
): (reading: ImportedReading) => Result<Target | null, LineFault> {
  const recorded = new Map(series.map(info => [info.id, info]));
  return reading => {
    const id = map.get(reading.sensor) ?? reading.sensor;
    const sensor = house.sensors.get(id);
    const before = recorded.get(id);
    if (sensor === undefined && before === undefined) return ok(null);
    const unit = reading.unit ?? sensor?.unit ?? before?.unit ?? '';
    const value = fromBase(reading, unit);
    if (value === null) return fail(otherUnit(reading.base ?? '', id, unit));
    const scale = sensor === undefined && before !== undefined ? before.scale : keptDigits(house, id);
    const scaled = scaleValue(value, scale);
    if (scaled === null)
      return fail({ message: 'its value is larger than any that is kept', cure: 'Leave the line out.' });
    return ok({ id, unit, scale, scaled });
  };
}

function fromBase({ base, value }: ImportedReading, unit: string): number | null {
  if (base === null) return value;
  const metric = metricUnit(unit);
  return metric?.name === base ? (value - metric.shift) / metric.factor : null;
}

function otherUnit(base: string, id: string, unit: string): LineFault {
  const message = `its unit is ${base}, and ${id} is in ${unit === '' ? 'no unit' : unit}`;
  return { message, cure: 'Import it as CSV, where each value may have its own unit.' };
}
