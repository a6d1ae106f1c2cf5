/** A unit as Prometheus wants it ("Metric and label naming"): base units, spelled out in the metric's name. */
export interface MetricUnit {
  /** What ends the metric's name: `celsius`. */
  readonly name: string;
  /** The value in the base unit is `value * factor + shift`. */
  readonly factor: number;
  readonly shift: number;
}

/** Units that take a prefix. */
const BASES: Readonly<Record<string, string>> = {
  W: 'watts',
  Wh: 'watthours',
  V: 'volts',
  A: 'amperes',
  Hz: 'hertz',
  Pa: 'pascals',
  J: 'joules',
  Ω: 'ohms',
  g: 'grams',
  m: 'meters',
  l: 'liters',
  L: 'liters',
  s: 'seconds',
};

const PREFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  µ: 1e-6,
  μ: 1e-6,
  m: 1e-3,
  c: 1e-2,
  d: 1e-1,
  h: 1e2,
  k: 1e3,
  M: 1e6,
  G: 1e9,
};

/** Units that are written in their own way, with the factor to the base unit. */
const OTHERS: Readonly<Record<string, readonly [name: string, factor: number, shift?: number]>> = {
  '': ['value', 1],
  '°C': ['celsius', 1],
  '°F': ['celsius', 5 / 9, -160 / 9],
  K: ['kelvin', 1],
  '%': ['ratio', 0.01],
  bar: ['pascals', 100_000],
  mbar: ['pascals', 100],
  lx: ['lux', 1],
  ppm: ['ppm', 1],
  min: ['seconds', 60],
  h: ['seconds', 3_600],
  'm/s': ['meters_per_second', 1],
  'km/h': ['meters_per_second', 1 / 3.6],
  'm³': ['cubic_meters', 1],
  'm³/h': ['cubic_meters_per_second', 1 / 3_600],
  'l/min': ['liters_per_second', 1 / 60],
  'l/h': ['liters_per_second', 1 / 3_600],
};

/** The base unit of a unit of the house file; `null` for one that is not known, which no name may guess at. */
export function metricUnit(unit: string): MetricUnit | null {
  const other = Object.hasOwn(OTHERS, unit) ? OTHERS[unit] : undefined;
  if (other !== undefined) return { name: other[0], factor: other[1], shift: other[2] ?? 0 };
  if (Object.hasOwn(BASES, unit)) return { name: BASES[unit] ?? '', factor: 1, shift: 0 };
  const [prefix = ''] = unit;
  const base = unit.slice(prefix.length);
  if (!Object.hasOwn(PREFIXES, prefix) || !Object.hasOwn(BASES, base)) return null;
  return { name: BASES[base] ?? '', factor: PREFIXES[prefix] ?? 1, shift: 0 };
}
