import { describe, expect, it } from 'vitest';
import { presets } from '../../../../src/core/house/presets.ts';
import type { HouseConfig } from '../../../../src/core/house/schema.ts';
import { createRandom } from '../../../../src/core/simulation/random.ts';
import { type Attempt, createGuest, stepGuest } from '../../../../src/core/simulation/visitors/guest.ts';

const article = presets.article as HouseConfig;

function attempts(seconds: number, seed: number): { atS: number; attempt: Attempt }[] {
  const random = createRandom(seed);
  let guest = createGuest(random);
  const seen: { atS: number; attempt: Attempt }[] = [];
  for (let atS = 1; atS <= seconds; atS += 1) {
    const step = stepGuest(guest, 1_000, article, random);
    guest = step.state;
    if (step.attempt !== null) seen.push({ atS, attempt: step.attempt });
  }
  return seen;
}

describe('stepGuest', () => {
  it('tries something soon, then now and then', () => {
    const seen = attempts(3_600, 1);
    expect(seen[0]?.atS).toBeGreaterThanOrEqual(6);
    expect(seen[0]?.atS).toBeLessThanOrEqual(12);
    expect(seen.length).toBeGreaterThan(40);
    expect(seen.length).toBeLessThan(150);
  });

  it('publishes where it may not and sometimes mistypes its password', () => {
    const all = attempts(7_200, 2).map(item => item.attempt);
    const wrong = all.filter(attempt => attempt.kind === 'wrong-password').length / all.length;
    expect(wrong).toBeGreaterThan(0.05);
    expect(wrong).toBeLessThan(0.3);
    const topics = new Set(all.flatMap(attempt => (attempt.kind === 'publish' ? [attempt.topic] : [])));
    expect(topics).toContain('heating/burner');
    expect(topics).toContain('heating/flow');
  });
});

it('has nothing to try but a password in an empty house', () => {
  const random = createRandom(3);
  const empty = { ...article, sensors: {}, switches: {} };
  const tried = Array.from({ length: 30 }, () => stepGuest(createGuest(random), 60_000, empty, random).attempt?.kind);
  expect(new Set(tried)).toEqual(new Set(['wrong-password']));
});
