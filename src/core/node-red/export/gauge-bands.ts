import type { SensorConfig } from '../../house/schema.ts';
import type { Band } from '../widgets/band-limits.ts';

/** The colours of good, warning and critical. */
export const COLORS = { good: '#5cd65c', warning: '#ffc800', critical: '#ea5353' } as const;

/** A gauge's scale in the colours of its limits, from its lowest value on; one band where there are none. */
export function bandsOf(
  { warning, critical }: Pick<SensorConfig, 'warning' | 'critical'>,
  min: number,
): readonly Band[] {
  const lows: readonly (readonly [number | undefined, string])[] = [
    [critical?.low, COLORS.critical],
    [warning?.low, COLORS.warning],
  ];
  const below = lows.flatMap(([until, color]) => (until === undefined || until <= min ? [] : [{ until, color }]));
  const bands: Band[] = [];
  let from = min;
  for (const { until, color } of below) {
    bands.push({ from, color });
    from = until;
  }
  bands.push({ from, color: COLORS.good });
  if (warning?.high !== undefined) bands.push({ from: warning.high, color: COLORS.warning });
  if (critical?.high !== undefined) bands.push({ from: critical.high, color: COLORS.critical });
  return bands;
}
