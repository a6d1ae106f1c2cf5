import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { connected, message, START, tick } from '../ui/home.ts';
import { createRandom } from './random.ts';

const SENSORS = 70;

/** Sensors with and without a pace of their own, of two clients and of none: more than one part of a table of them. */
export function pacedHouse(): HouseConfig {
  const ids = Array.from({ length: SENSORS }, (_, place) => `s${place}`);
  const paceOf = (place: number) =>
    place % 7 === 0 ? { every: 4 } : place % 11 === 0 ? { expireAfter: 9 } : place % 13 === 0 ? { retained: true } : {};
  return {
    name: 'H',
    sensors: Object.fromEntries(
      ids.map((id, place) => [
        id,
        {
          label: id,
          topic: `t/${id}`,
          unit: '',
          range: { min: 0, max: 100 },
          critical: { high: 90 },
          ...paceOf(place),
        },
      ]),
    ),
    switches: {},
    clients: {
      one: { publishes: ids.slice(0, 30), availability: { topic: 'one/is', online: ['on'], offline: ['off'] } },
      two: { publishes: ids.slice(30, 60) },
    },
    panels: [],
  };
}

/** So many events of such a house: it speaks in rounds, falls silent as a whole and in parts, and the link goes. */
export function randomSilences(seed: number, count: number): readonly HomeEvent[] {
  const random = createRandom(seed);
  const { below, chance, pick } = random;
  let at = START;
  let quiet = { from: 0, until: 0 };
  const isQuiet = (place: number): boolean => place >= quiet.from && place < quiet.until;
  const kinds: readonly (() => readonly HomeEvent[])[] = [
    ...new Array(9).fill(() => {
      at += chance(0.8) ? 1_000 : below(9_000);
      return [tick(at)];
    }),
    ...new Array(9).fill(() => {
      const first = below(SENSORS);
      const places = Array.from({ length: below(60) }, (_, place) => first + place).filter(place => !isQuiet(place));
      return places.map(place => {
        at += below(20);
        return message(at, `t/s${place % SENSORS}`, pick(PAYLOADS), chance(0.05));
      });
    }),
    () => {
      const from = below(SENSORS);
      quiet = { from, until: from + below(40) };
      return [message(at, 'one/is', chance(0.3) ? 'off' : 'on')];
    },
    () => {
      const before = at;
      at += below(8_000);
      if (chance(0.5))
        return [{ type: 'link-changed', at: before, link: { phase: 'connecting', attempt: 1 } }, connected(at)];
      return [
        { type: 'time-skipped', at, skippedMs: at - before },
        { type: 'backlog-began', at, since: before },
        { type: 'backlog-ended', at },
      ];
    },
  ];
  return [connected(at), ...Array.from({ length: count }, () => pick(kinds)()).flat()];
}

/** Nearly all are well. */
const PAYLOADS = [...new Array<string>(30).fill('50'), '?', '95'];

/** The same state of which nothing is known by its parts. */
export function asNew(home: HomeState): HomeState {
  return { ...home, readings: { ...home.readings, chunks: home.readings.chunks.map(chunk => [...chunk]) } };
}
