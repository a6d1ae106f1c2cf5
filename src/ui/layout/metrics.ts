import { decimalsOf, type House } from '../../core/house/house.ts';
import { textWidth } from '../../core/text-width.ts';

/** How wide the columns of a house's panels have to be: from the house file alone, so that nothing moves later. */
export interface Metrics {
  /** The longest label of an item in a panel. */
  readonly label: number;
  /** Digits before the decimal point, a minus sign included. */
  readonly integer: number;
  /** The decimal point and the digits after it; 0 where no sensor has any. */
  readonly fraction: number;
  readonly unit: number;
  /** The longest name of a client. */
  readonly client: number;
}

/** What a sensor without a range gets room for, where its values have yet to come. */
const UNKNOWN_RANGE = { min: -99, max: 9_999 };

const cache = new WeakMap<House, Metrics>();

/** The metrics of a house, computed once for it. */
export function metricsOf(house: House): Metrics {
  const known = cache.get(house);
  if (known !== undefined) return known;
  const metrics = measure(house);
  cache.set(house, metrics);
  return metrics;
}

function measure(house: House): Metrics {
  let [label, integer, fraction, unit, client] = [4, 2, 0, 0, 6];
  for (const item of [...house.sensors.values(), ...house.derived.values(), ...house.switches.values()]) {
    label = Math.max(label, textWidth(item.label));
  }
  for (const sensor of house.sensors.values()) {
    const decimals = decimalsOf(sensor);
    const { min, max } = sensor.range ?? UNKNOWN_RANGE;
    integer = Math.max(integer, integerDigits(min), integerDigits(max));
    fraction = Math.max(fraction, decimals === 0 ? 0 : decimals + 1);
    unit = Math.max(unit, textWidth(sensor.unit));
  }
  for (const item of house.derived.values())
    unit = Math.max(unit, item.kind === 'dew-point' ? 2 : textWidth(item.unit));
  if (house.derived.size > 0) fraction = Math.max(fraction, 2);
  for (const [id, item] of house.clients) client = Math.max(client, textWidth(item.label ?? id));
  return { label: Math.min(label, 40), integer: Math.min(integer, 7), fraction, unit, client: Math.min(client, 40) };
}

function integerDigits(value: number): number {
  return String(Math.trunc(value)).length;
}
