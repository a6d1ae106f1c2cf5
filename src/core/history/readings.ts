/** Readings of one series, two numbers each: the second since 1970, and the value as it is kept (see `SeriesInfo`). */
export type Readings = readonly number[];

/** The readings of each series by its number. */
export type ReadingsBySeries = ReadonlyMap<number, Readings>;

/** The readings in the order of their time; those of one second stay in the order in which they came. */
function sortReadings(readings: Readings): Readings {
  let isSorted = true;
  for (let place = 2; place < readings.length && isSorted; place += 2) {
    isSorted = (readings[place - 2] ?? 0) <= (readings[place] ?? 0);
  }
  if (isSorted) return readings;
  const pairs: [number, number][] = [];
  for (let place = 0; place < readings.length; place += 2) pairs.push([readings[place] ?? 0, readings[place + 1] ?? 0]);
  return pairs.sort((one, other) => one[0] - other[0]).flat();
}

/**
 * What two files of the same day hold together, in its order. A reading that stands in both is one: a log that was sealed
 * is there for a moment beside what was made of it.
 */
export function uniteReadings(one: Readings, other: Readings): Readings {
  if (other.length === 0) return sortReadings(one);
  const left = countEach(one);
  const added: number[] = [];
  for (let place = 0; place < other.length; place += 2) {
    const key = `${other[place]} ${other[place + 1]}`;
    const known = left.get(key) ?? 0;
    if (known > 0) left.set(key, known - 1);
    else added.push(other[place] ?? 0, other[place + 1] ?? 0);
  }
  return sortReadings([...one, ...added]);
}

function countEach(readings: Readings): Map<string, number> {
  const counts = new Map<string, number>();
  for (let place = 0; place < readings.length; place += 2) {
    const key = `${readings[place]} ${readings[place + 1]}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** Readings that are there already, of the same sensor. */
export interface KnownReadings {
  readonly readings: Readings;
  /** By how many digits fewer they are kept than those that are added. */
  readonly fewerDigits: number;
}

/** What of `added` is not there already, in the order of time; a value that stands there several times at a moment is one. */
export function newReadings(added: Readings, known: readonly KnownReadings[]): Readings {
  const seen = new Set<string>();
  for (const { readings, fewerDigits } of known) {
    const factor = 10 ** fewerDigits;
    for (let place = 0; place < readings.length; place += 2) {
      seen.add(`${readings[place]} ${Math.round((readings[place + 1] ?? 0) * factor)}`);
    }
  }
  const fresh: number[] = [];
  for (let place = 0; place < added.length; place += 2) {
    const key = `${added[place]} ${added[place + 1]}`;
    if (seen.has(key)) continue;
    seen.add(key);
    fresh.push(added[place] ?? 0, added[place + 1] ?? 0);
  }
  return sortReadings(fresh);
}
