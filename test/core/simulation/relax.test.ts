import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../../../src/core/simulation/random.ts';
import { drift, relax } from '../../../src/core/simulation/relax.ts';

describe('relax', () => {
  it('goes 63 % of the way within its time constant and never past the target', () => {
    expect(relax(0, 100, 1_000, 1_000)).toBeCloseTo(63.2, 1);
    expect(relax(0, 100, 1_000, 1e9)).toBe(100);
    expect(relax(40, 100, 1_000, 0)).toBe(40);
  });

  it('comes to the same place in one step as in many', () => {
    let value = 0;
    for (let step = 0; step < 100; step += 1) value = relax(value, 10, 700, 20);
    expect(value).toBeCloseTo(relax(0, 10, 700, 2_000), 10);
  });
});

describe('drift', () => {
  it('wanders with its spread about zero, whatever the steps', () => {
    const random = createRandom(4);
    let value = 0;
    let sum = 0;
    const steps = 20_000;
    for (let step = 0; step < steps; step += 1) {
      value = drift(value, 2, 1_000, 3_000, random);
      sum += value ** 2;
    }
    expect(Math.sqrt(sum / steps)).toBeGreaterThan(1.9);
    expect(Math.sqrt(sum / steps)).toBeLessThan(2.1);
  });
});

it('goes on from where it was by what is left of it, and as far as chance moves it', () => {
  const random = { normal: () => 0.5 } as Random;
  expect(drift(10, 2, 1_000, 500, random)).toBeCloseTo(10 * Math.exp(-0.5) + Math.sqrt(1 - Math.exp(-1)), 12);
  expect(relax(10, 20, 1_000, 500)).toBeCloseTo(20 - 10 * Math.exp(-0.5), 12);
});
