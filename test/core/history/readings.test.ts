import { expect, it } from 'vitest';
import { newReadings, uniteReadings } from '../../../src/core/history/readings.ts';
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

it('has as often what was said twice in one second as one of two files has it', () => {
  expect(uniteReadings([5, 1, 5, 1], [5, 1])).toEqual([5, 1, 5, 1]);
  expect(uniteReadings([5, 1], [5, 1, 5, 1])).toEqual([5, 1, 5, 1]);
  expect(uniteReadings([], [9, 1, 3, 2])).toEqual([3, 2, 9, 1]);
});

it('of what is added, new is what stands nowhere yet, once and in its order', () => {
  const known = [
    { readings: [10, 540, 20, 541], fewerDigits: 0 },
    // Kept with a digit less: 54 there is 540 here.
    { readings: [30, 54], fewerDigits: 1 },
  ];
  expect(newReadings([20, 541, 10, 541, 30, 540, 30, 541, 5, 1, 5, 1], known)).toEqual([5, 1, 10, 541, 30, 541]);
  expect(newReadings([10, 540], known)).toEqual([]);
  expect(newReadings([2, 1, 1, 2], [])).toEqual([1, 2, 2, 1]);
});
