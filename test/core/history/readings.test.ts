import { expect, it } from 'vitest';
import { uniteReadings } from '../../../src/core/history/readings.ts';
import { asTexts, randomReadings } from '../../helpers/history/samples.ts';
import { createRandom } from '../../helpers/random/random.ts';

it('what stands in two files of a day is there once, and all of it', () => {
  const random = createRandom(10);
  for (let round = 0; round < 100; round++) {
    const readings = randomReadings(random, 0, 5_000);
    const cut = 2 * random.below(readings.length / 2);
    const [early, late] = [readings.slice(0, cut), readings.slice(cut)];
    expect(uniteReadings(readings, readings)).toEqual(readings);
    expect(uniteReadings(readings, late)).toEqual(readings);
    expect([...asTexts(uniteReadings(late, early))].sort()).toEqual([...asTexts(readings)].sort());
  }
});

it('puts readings of a clock that was set back in their order', () => {
  expect(uniteReadings([5, 1, 10, 2, 3, 3, 10, 4], [])).toEqual([3, 3, 5, 1, 10, 2, 10, 4]);
});
