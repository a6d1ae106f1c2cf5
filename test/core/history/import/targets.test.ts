import { describe, expect, it } from 'vitest';
import type { ImportedReading } from '../../../../src/core/history/import/imported.ts';
import { keptDigits, openTargets } from '../../../../src/core/history/import/targets.ts';
import { createHouse } from '../../../../src/core/house/house.ts';
import { article } from '../../../helpers/ui/home.ts';

const config = article();
const house = createHouse({
  ...config,
  sensors: { ...config.sensors, oil: { label: 'Oil', topic: 'oil', unit: '', decimals: 3 } },
});
const recorded = [
  { n: 0, id: 'flow', unit: '°F', scale: 1 },
  { n: 1, id: 'gone', unit: 'W', scale: 3 },
];
const target = openTargets(house, recorded, new Map([['sensor.flow_temperature', 'flow']]));
const reading = (change: Partial<ImportedReading>): ImportedReading => ({
  ...{ kind: 'reading', at: 0, sensor: 'flow', unit: null, base: null, value: 21.5 },
  ...change,
});
const found = (change: Partial<ImportedReading>) => {
  const result = target(reading(change));
  return result.ok ? result.value : result.error.message;
};

describe('a value that is imported', () => {
  it('goes to the sensor of its name, or to the one that the name stands for', () => {
    const flow = { id: 'flow', unit: '°C', scale: 2, scaled: 2_150 };
    expect(found({})).toEqual(flow);
    expect(found({ sensor: 'sensor.flow_temperature' })).toEqual(flow);
    expect(found({ sensor: 'nobody' })).toBeNull();
  });

  it('is in its own unit, else in that of the house, else in the one that it was recorded in', () => {
    expect(found({ unit: '°F' })).toMatchObject({ unit: '°F', scaled: 2_150 });
    expect(found({ unit: '' })).toMatchObject({ unit: '' });
    expect(found({ sensor: 'gone' })).toEqual({ id: 'gone', unit: 'W', scale: 3, scaled: 21_500 });
    expect(found({ sensor: 'oil' })).toEqual({ id: 'oil', unit: '', scale: 4, scaled: 215_000 });
  });

  it('is brought from the base unit of a metric into its own', () => {
    expect(found({ base: 'celsius' })).toMatchObject({ unit: '°C', scaled: 2_150 });
    expect(found({ base: 'celsius', unit: '°F' })).toMatchObject({ unit: '°F', scaled: 7_070 });
    expect(found({ sensor: 'humidity', base: 'ratio', value: 0.7 })).toMatchObject({ unit: '%', scaled: 7_000 });
  });

  it('is refused in a base unit that is another thing', () => {
    expect(found({ base: 'pascals' })).toBe('its unit is pascals, and flow is in °C');
    expect(found({ sensor: 'oil', base: 'liters' })).toBe('its unit is liters, and oil is in no unit');
    expect(found({ base: 'pascals', unit: 'bananas' })).toBe('its unit is pascals, and flow is in bananas');
    const refused = target(reading({ base: 'pascals' }));
    expect(refused.ok ? '' : refused.error.cure).toMatch(/^Import it as CSV/);
  });

  it('is refused where it is too large to be kept', () => {
    expect(found({ value: 1e300 })).toBe('its value is larger than any that is kept');
    const refused = target(reading({ value: 1e300 }));
    expect(refused.ok ? '' : refused.error.cure).toBe('Leave the line out.');
  });

  it('keeps one digit more than is shown', () => {
    expect([keptDigits(house, 'flow'), keptDigits(house, 'oil'), keptDigits(house, 'gone')]).toEqual([2, 4, 2]);
  });
});
