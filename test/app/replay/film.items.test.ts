import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Film, openFilm } from '../../../src/app/replay/film.ts';
import { openPast } from '../../../src/app/replay/past.ts';
import { freshnessOfReading } from '../../../src/core/home/select.ts';
import { getRow } from '../../../src/core/home/state/table.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { type HistoryReader, openHistoryReader } from '../../../src/io/history-store/reader.ts';
import { openNight } from '../../helpers/history/recorded-night.ts';
import { article, emptyHome, message } from '../../helpers/ui/home.ts';

const EVENING = Date.UTC(2026, 10, 28, 20, 0, 0);

const { sensors, ...others } = article();
/** The article's house with a set-point, a sensor of motion, and a flow of which it is said alone whether it is there. */
const house: HouseConfig = {
  ...others,
  version: 2,
  sensors: { ...sensors, flow: { ...sensors.flow, ...flowFields(), availability: { topic: 'heating/flow/here' } } },
  numbers: {
    target: { label: 'Target', command: 't/set', feedback: 't', unit: '°C', min: 5, max: 30, step: 0.5 },
  },
  binaries: {
    hall: { label: 'Hall', topic: 'hall', words: { on: 'motion', off: 'quiet' }, offAfter: 90 },
  },
};

function flowFields() {
  const { flow } = sensors;
  if (flow === undefined) throw new Error('the house has no flow');
  return flow;
}

let folder = '';
let film: Film;
let reader: HistoryReader;
/** When each was said, ms. */
const saidAt: Record<'first' | 'second' | 'gone', number> = { first: 0, second: 0, gone: 0 };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hometui-film-items-'));
  const night = await openNight(folder, EVENING, { house });
  const { clock, dispatch } = night;
  await night.pass(5);
  saidAt.first = clock.now();
  dispatch(message(clock.now(), 't', '21.5'));
  dispatch(message(clock.now(), 'hall', 'ON'));
  await night.pass(10);
  saidAt.second = clock.now();
  dispatch(message(clock.now(), 't', '19'));
  await night.pass(5);
  saidAt.gone = clock.now();
  dispatch(message(clock.now(), 'heating/flow/here', 'offline'));
  await night.pass(5);
  await night.end();
  reader = openHistoryReader(folder);
  film = openFilm(openPast(reader, createHouse(house)), createHouse(house), emptyHome().session);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function at(moment: number) {
  film.rewind(moment);
  while (film.advance(moment, 1_000));
  return film.state();
}

describe('a replay of what is no plain value', () => {
  it('shows where a set-point stood at each moment, and the record has each of its changes', () => {
    const target = (moment: number) => getRow(at(moment).switches, 'target')?.position ?? null;
    expect(target(saidAt.first - 1_000)).toBeNull();
    expect(target(saidAt.first + 60_000)).toBe('21.5');
    expect(target(saidAt.second + 60_000)).toBe('19');
    expect(target(saidAt.second - 60_000)).toBe('21.5');
    const events = reader.events({ from: EVENING / 1_000, until: EVENING / 1_000 + 3_600 });
    const values = events.flatMap(({ id, type, detail }) =>
      id === 'target' && type === 'switch' ? [detail.value] : [],
    );
    expect([...new Set(values)]).toEqual([21.5, 19]);
  });

  it('presumes a word as it was presumed then, and calls it so in the record', () => {
    const hall = (moment: number) => getRow(at(moment).words, 'hall');
    expect(hall(saidAt.first + 60_000)).toMatchObject({ word: 'on', isPresumed: false });
    expect(hall(saidAt.first + 120_000)).toMatchObject({ word: 'off', isPresumed: true });
    const events = reader.events({ from: EVENING / 1_000, until: EVENING / 1_000 + 3_600 });
    const told = events.filter(({ id }) => id === 'hall').map(({ text, detail }) => [text, detail.presumed]);
    expect(told).toEqual([
      ['Hall: motion', undefined],
      ['Hall: quiet (presumed: it did not say motion for 90 s)', true],
    ]);
  });

  it('shows an item as offline from when that was said', () => {
    const flow = (moment: number) => freshnessOfReading(at(moment), 'flow').freshness;
    expect(flow(saidAt.gone - 60_000)).toBe('live');
    expect(flow(saidAt.gone + 60_000)).toBe('offline');
  });
});
