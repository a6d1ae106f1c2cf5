import { describe, expect, test } from 'vitest';
import { levelOf, limitText, worseLevel } from '../../../../src/core/home/readings/level.ts';
import type { SensorConfig } from '../../../../src/core/house/schema.ts';

const sensor: SensorConfig = {
  label: 'Flow',
  topic: 'heating/flow',
  unit: '°C',
  warning: { low: 10, high: 80 },
  critical: { low: 5, high: 90 },
};

describe('a level', () => {
  test.each([
    [4.9, 'critical', 'below 5'],
    [5, 'warning', 'below 10'],
    [9.9, 'warning', 'below 10'],
    [10, 'ok', null],
    [80, 'ok', null],
    [80.1, 'warning', 'above 80'],
    [90, 'warning', 'above 80'],
    [90.1, 'critical', 'above 90'],
  ] as const)('at %d is %s: a value on a limit is not beyond it', (value, level, limit) => {
    expect(levelOf(sensor, value)).toBe(level);
    expect(limitText(sensor, value)).toBe(limit);
  });

  test('knows limits on one side only, and none', () => {
    const { warning: _warning, critical: _critical, ...bare } = sensor;
    expect([-1e9, 1e9].map(value => levelOf(bare, value))).toEqual(['ok', 'ok']);
    expect([-1e9, 1e9].map(value => limitText(bare, value))).toEqual([null, null]);
    const high = { ...bare, warning: { high: 0 } };
    expect([-1, 0, 1].map(value => levelOf(high, value))).toEqual(['ok', 'ok', 'warning']);
    expect([-1, 0, 1].map(value => limitText(high, value))).toEqual([null, null, 'above 0']);
    const low = { ...bare, critical: { low: 0 } };
    expect([-1, 0, 1].map(value => levelOf(low, value))).toEqual(['critical', 'ok', 'ok']);
    expect([-1, 0, 1].map(value => limitText(low, value))).toEqual(['below 0', null, null]);
  });

  test('the worse of two is the same from both sides', () => {
    expect(worseLevel('ok', 'ok')).toBe('ok');
    expect([worseLevel('ok', 'warning'), worseLevel('warning', 'ok')]).toEqual(['warning', 'warning']);
    expect([worseLevel('critical', 'warning'), worseLevel('warning', 'critical')]).toEqual(['critical', 'critical']);
  });
});
