import type { House } from '../../house/house.ts';
import type { SeriesInfo } from '../series.ts';
import type { HistoryItem } from './query.ts';

/** What is asked for of what was recorded: in the order of the house, what it no longer has behind it. */
export function readItems(
  series: readonly SeriesInfo[],
  house: House,
  only: ReadonlySet<string> | null,
): HistoryItem[] {
  const items = new Map<string, HistoryItem>();
  for (const one of series) {
    if (only !== null && !only.has(one.id)) continue;
    const key = `${one.id} ${one.unit}`;
    const sensor = house.sensors.get(one.id);
    const known = items.get(key);
    items.set(key, {
      ...{ id: one.id, unit: one.unit, series: [...(known?.series ?? []), one] },
      ...{ everyS: sensor?.every ?? null, expireAfterS: sensor?.expireAfter ?? null },
    });
  }
  const order = [...house.sensors.keys()];
  const place = ({ id }: HistoryItem): number => (order.indexOf(id) < 0 ? order.length : order.indexOf(id));
  return [...items.values()].sort((one, other) => place(one) - place(other));
}
