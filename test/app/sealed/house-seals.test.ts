import { expect, it } from 'vitest';
import { openHouseSeals } from '../../../src/app/sealed/house-seals.ts';
import type { Seals } from '../../../src/app/sealed/seals.ts';
import type { House } from '../../../src/core/house/house.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import type { Issue } from '../../../src/core/issue.ts';
import { fail, ok } from '../../../src/core/result.ts';
import { article } from '../../helpers/ui/home.ts';

const [first, second] = [createHouse(article()), createHouse({ ...article(), name: 'Second' })];
const sealsOf = (house: House) => ({ house }) as unknown as Seals;
const issue: Issue = { severity: 'error', message: 'the keys cannot be read' };

it('follows the house, and stays as it was where the keys cannot be read', async () => {
  let isBroken = false;
  const opened = await openHouseSeals(first, async house => (isBroken ? fail(issue) : ok(sealsOf(house))));
  if (!opened.ok) throw new Error('it opens');
  const seals = opened.value;
  expect(seals.now()).toEqual({ house: first });
  expect(await seals.follow(second)).toBeNull();
  expect(seals.now()).toEqual({ house: second });
  isBroken = true;
  expect(await seals.follow(first)).toBe(issue);
  expect(seals.now()).toEqual({ house: second });
});

it('reads the keys of the house as it is again, after the seals of before, one after the other', async () => {
  const made: string[] = [];
  const opened = await openHouseSeals(first, async (house, before) => {
    made.push(`${house.config.name} after ${(before as unknown as { house: House } | null)?.house.config.name}`);
    return ok(sealsOf(house));
  });
  if (!opened.ok) throw new Error('it opens');
  const { follow, readAgain, now } = opened.value;
  expect(await Promise.all([readAgain(), follow(second), readAgain()])).toEqual([null, null, null]);
  const { name } = first.config;
  expect(made).toEqual([
    `${name} after undefined`,
    `${name} after ${name}`,
    `Second after ${name}`,
    'Second after Second',
  ]);
  expect(now()).toEqual({ house: second });
});

it('does not begin with keys that cannot be read', async () => {
  expect(await openHouseSeals(first, async () => fail(issue))).toEqual(fail(issue));
});
