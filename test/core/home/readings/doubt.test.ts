import { describe, expect, test } from 'vitest';
import { type KnownBefore, whyDoubted } from '../../../../src/core/home/readings/doubt.ts';
import type { SensorConfig } from '../../../../src/core/house/schema.ts';

type Role = NonNullable<SensorConfig['role']>;

const sensor = (role: Role | undefined, unit = '°C'): SensorConfig => ({
  ...{ label: 'S', topic: 's', unit },
  ...(role === undefined ? {} : { role }),
});

/** What was known before: this value, five seconds ago, of a device that went on. */
const last = (value: number | null, more: Partial<KnownBefore> = {}): KnownBefore => ({
  ...{ value, ageMs: value === null ? null : 5_000, doubted: null, hasHeld: false, mayHaveRestarted: () => false },
  ...more,
});

const flow = sensor('flow');
const cellar = sensor('cellar');
const humidity = sensor('humidity', '%');

describe('a temperature of a DS18B20', () => {
  test.each([
    ['85 as the first value', 85, last(null), true],
    ['85 after 75, which may have risen', 85, last(75), false],
    ['85 after 74.94', 85, last(74.94), true],
    ['85 after 95, which may have fallen', 85, last(95), false],
    ['85 after 95.06', 85, last(95.06), true],
    ['85 again, after one that was not believed', 85, last(80, { doubted: 85 }), true],
    ['85 after a restart of its device', 85, last(84, { mayHaveRestarted: () => true }), true],
    ['85.06 beside it', 85.06, last(null), false],
    ['84.94 beside it', 84.94, last(null), false],
    ['-127', -127, last(20), true],
    ['-126.9, which no wire says', -126.9, last(null), true],
    ['-55, the end of its range', -55, last(null), false],
    ['-55.06', -55.06, last(null), true],
    ['125, the other end', 125, last(null), false],
    ['125.06', 125.06, last(null), true],
    ['127.94', 127.94, last(120), true],
    ['0, which water may have', 0, last(6), false],
  ])('%s', (_, value, before, isDoubted) => {
    expect(whyDoubted(flow, value, before)?.isHeld).toBe(isDoubted ? false : undefined);
  });

  test('says what it is, and what may be done', () => {
    expect(whyDoubted(flow, 85, last(null))?.reason).toBe(
      '85 °C is what a DS18B20 says that has not measured yet: its power may be weak, or it is read too soon',
    );
    expect(whyDoubted(flow, -127, last(20))?.reason).toBe(
      '-127 °C is what is said of a DS18B20 that does not answer: look at its wires',
    );
    expect(whyDoubted(flow, 127.94, last(20))?.reason).toBe('127.94 °C is what a DS18B20 says that could not measure');
    expect(whyDoubted(flow, 400, last(20))?.reason).toBe('400.00 °C is nothing that a house has');
  });
});

describe('a temperature of a DHT', () => {
  test.each([
    ['0 after 5', 0, last(5), false],
    ['0 after 5.1', 0, last(5.1), true],
    ['0 after -5.1', 0, last(-5.1), true],
    ['0 after 5.1 of five minutes ago', 0, last(5.1, { ageMs: 300_000 }), true],
    ['0 after 5.1 of longer ago', 0, last(5.1, { ageMs: 300_001 }), false],
    ['0 again, however long ago the last good one was', 0, last(5.1, { ageMs: 900_000, doubted: 0 }), true],
    ['0 after another that failed', 0, last(5.1, { ageMs: 900_000, doubted: -127 }), false],
    ['0 after one of unknown age', 0, last(5.1, { ageMs: null }), false],
    ['0 as the first value', 0, last(null), false],
    ['0.1 after 6', 0.1, last(6), false],
  ])('%s', (_, value, before, isDoubted) => {
    expect(whyDoubted(cellar, value, before)?.reason ?? null).toBe(
      isDoubted ? `0 °C is what a DHT says that failed, and it was ${before.value?.toFixed(1)} °C just before` : null,
    );
  });

  test('is that of the air only, and of no wall', () => {
    for (const role of ['room', 'outside'] as const) expect(whyDoubted(sensor(role), 0, last(6))).not.toBeNull();
    for (const role of ['wall', 'return'] as const) expect(whyDoubted(sensor(role), 0, last(6))).toBeNull();
  });
});

describe('a humidity', () => {
  test.each([
    [0, last(null), true],
    [-99.5, last(50), true],
    [0.1, last(null), false],
    [100, last(null), false],
    [100.1, last(null), true],
    [100, last(95), false],
    [100, last(94.9), true],
    [99.9, last(50), false],
    [99.91, last(50), true],
    [100, last(50, { ageMs: 300_001 }), false],
    [100, last(50, { ageMs: 900_000, doubted: 100 }), true],
  ])('of %d %%', (value, before, isDoubted) => {
    expect(whyDoubted(humidity, value, before)?.isHeld).toBe(isDoubted ? false : undefined);
  });

  test('says why', () => {
    expect(whyDoubted(humidity, 0, last(50))?.reason).toBe(
      '0.0 % is no humidity that air has: a DHT says it that failed',
    );
    expect(whyDoubted(humidity, 100, last(50))?.reason).toBe(
      '100.0 % is what a DHT says that failed, and it was 50.0 % just before',
    );
  });

  test('in another unit is left alone', () => {
    expect(whyDoubted(sensor('humidity', 'g/m³'), 0, last(50))).toBeNull();
  });
});

describe('a jump', () => {
  test.each([
    ['of 15 K', 35, last(20), false],
    ['of more', 35.1, last(20), true],
    ['down', 4.9, last(20), true],
    ['within 30 s', 36, last(20, { ageMs: 30_000 }), true],
    ['in more than 30 s', 36, last(20, { ageMs: 30_001 }), false],
    ['after one of unknown age', 36, last(20, { ageMs: null }), false],
    ['that the next reading follows', 60, last(20, { hasHeld: true }), false],
    ['that is the first value', 36, last(null), false],
  ])('%s', (_, value, before, isHeld) => {
    expect(whyDoubted(flow, value, before)?.isHeld).toBe(isHeld ? true : undefined);
  });

  test('says by how much and since when', () => {
    expect(whyDoubted(flow, 60, last(20))?.reason).toBe('60.0 °C is 40.0 K above what it was 5 s before');
    expect(whyDoubted(flow, 20, last(60))?.reason).toBe('20.0 °C is 40.0 K below what it was 5 s before');
  });
});

describe('what is left alone', () => {
  test('is what has no role, but for the word of a wire', () => {
    for (const value of [85, 0, 500]) expect(whyDoubted(sensor(undefined), value, last(20))).toBeNull();
    expect(whyDoubted(sensor(undefined), -127, last(20))?.isHeld).toBe(false);
    expect(whyDoubted(sensor(undefined, '°F'), -127, last(20))).toBeNull();
    expect(whyDoubted(sensor(undefined, 'W'), -127, last(20))).toBeNull();
  });

  test('is what is in °F, and a number that is no temperature', () => {
    expect(whyDoubted(sensor('flow', '°F'), 185, last(60))).toBeNull();
    expect(whyDoubted(sensor('burner'), 85, last(null))).toBeNull();
    expect(whyDoubted(sensor('burner'), 85, last(20))).toBeNull();
  });
});
