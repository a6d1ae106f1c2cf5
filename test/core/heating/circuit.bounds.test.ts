import { describe, expect, it } from 'vitest';
import { heatedHouse, minutes } from '../../helpers/heating/heating-run.ts';
import { openRule, type Said } from '../../helpers/heating/one-rule.ts';
import { NOON } from '../../helpers/house/house-run.ts';

const house = heatedHouse();
/** A value that nobody repeats is stale after this, ms. */
const STALE = 15_000;

describe('a burner without its pump', () => {
  const so = { kind: 'so', value: 'Burner on, Pump off', detail: 'Burner says on while Pump says off' };
  const fine = { kind: 'not-so', value: null, againAt: null };
  const unheard = (label: string) => ({ kind: 'unwatched', why: `${label} was not heard since the link came` });

  it.each([
    ['on', 'off', so],
    ['on', 'on', fine],
    ['off', 'off', fine],
    ['off', 'on', fine],
    [null, 'off', unheard('Burner')],
    ['on', null, unheard('Pump')],
    [null, null, unheard('Burner')],
    // What one of them says is enough.
    [null, 'on', fine],
    ['off', null, fine],
  ])('burner %s, pump %s', (burner, pump, found) => {
    expect(openRule(house, 'heat-no-pump', { burner, pump }).judge()).toEqual(found);
  });
});

describe('flow and return', () => {
  const first: Said = { burner: 'off', pump: 'on', flow: 40, return: 40 };
  /** What is found when the burner was seen to run for so long. */
  const foundAfter = (ms: number, id: string, said: Said, isRaised = false) =>
    openRule(house, id, first)
      .at(1_000, { burner: 'on', ...said })
      .at(1_000 + ms)
      .judge(isRaised);

  it.each([
    ['heat-reversed', 39, false, 'not-so'],
    ['heat-reversed', 38.9, false, 'so'],
    ['heat-reversed', 39.9, true, 'so'],
    ['heat-reversed', 40, true, 'not-so'],
    ['heat-spread-small', 38.9, false, 'not-so'],
    ['heat-spread-small', 39, false, 'so'],
    ['heat-spread-small', 42.9, false, 'so'],
    ['heat-spread-small', 43, false, 'not-so'],
    ['heat-spread-small', 43.9, true, 'so'],
    ['heat-spread-small', 44, true, 'not-so'],
    ['heat-spread-large', 65, false, 'not-so'],
    ['heat-spread-large', 65.1, false, 'so'],
    ['heat-spread-large', 64.1, true, 'so'],
    ['heat-spread-large', 64, true, 'not-so'],
  ] as const)('%s with a flow of %d °C over 40 °C, raised before: %s', (id, flow, isRaised, kind) => {
    const found = foundAfter(minutes(10), id, { flow }, isRaised);
    expect(found).toMatchObject({
      ...{ kind, value: `${(flow - 40).toFixed(1)} K` },
      againAt: NOON + 1_000 + minutes(10) + STALE,
    });
  });

  it.each([
    ['heat-reversed', { flow: 30 }, minutes(2)],
    ['heat-spread-small', { flow: 41 }, minutes(10)],
    ['heat-spread-large', { flow: 80 }, minutes(10)],
  ])('%s is looked at from its first minutes on', (id, said, ms) => {
    const begun = NOON + 1_000;
    expect(foundAfter(ms - 1, id, said)).toMatchObject({ kind: 'not-so', againAt: begun + ms });
    expect(foundAfter(ms, id, said)).toMatchObject({ kind: 'so', againAt: begun + ms + STALE });
  });

  it('tell nothing where no water moves, the burner rests, or one of them is not heard', () => {
    const small = (said: Said) => foundAfter(minutes(20), 'heat-spread-small', said);
    expect(small({ flow: 41 }).kind).toBe('so');
    expect(small({ flow: 41, pump: null }).kind).toBe('so');
    expect(small({ flow: 41, pump: 'off' })).toEqual({ kind: 'not-so', value: '1.0 K', againAt: null });
    expect(small({ flow: 41, burner: 'off' })).toEqual({ kind: 'not-so', value: '1.0 K', againAt: null });
    const why = (said: Said) => ({ ...small(said), kind: undefined });
    expect(why({ return: null })).toEqual({ kind: undefined, why: 'Return was not heard since the link came' });
    expect(why({ burner: null })).toEqual({ kind: undefined, why: 'Burner was not heard since the link came' });
  });
});

describe('a flow that does not rise', () => {
  const first: Said = { burner: 'off', pump: 'on', flow: 40, return: 40 };
  const begin = (said: Said = {}) => openRule(house, 'heat-no-rise', first).at(1_000, { burner: 'on', ...said });
  const END = 1_000 + minutes(10);

  it('is found ten minutes after the begin of the burner, and looked at again when that is', () => {
    expect(
      begin()
        .at(END - STALE - 1)
        .judge(),
    ).toEqual({ kind: 'not-so', value: '40.0 °C', againAt: NOON + END - 1 });
    expect(
      begin()
        .at(END - STALE + 1)
        .judge(),
    ).toMatchObject({ kind: 'not-so', againAt: NOON + END });
    expect(
      begin()
        .at(END - 1)
        .judge(),
    ).toMatchObject({ kind: 'not-so', againAt: NOON + END });
    expect(begin().at(END, { flow: 41.9 }).judge()).toEqual({
      ...{ kind: 'so', value: '41.9 °C', againAt: NOON + END + STALE },
      detail: '41.9 °C, less than 2 K above the 40.0 °C that it was since the burner began, more than 10 min ago',
    });
  });

  it('is none that was 2 K above its least at any time', () => {
    expect(begin().at(END, { flow: 42 }).judge()).toMatchObject({ kind: 'not-so', againAt: NOON + END + STALE });
    expect(begin().at(2_000, { flow: 38 }).at(3_000, { flow: 40 }).at(END, { flow: 38 }).judge().kind).toBe('not-so');
    expect(begin().at(2_000, { flow: 38 }).at(3_000, { flow: 39.9 }).at(END, { flow: 38 }).judge().kind).toBe('so');
    // Each run is one of its own.
    const second = begin().at(2_000, { flow: 45 }).at(3_000, { burner: 'off', flow: 40 }).at(4_000, { burner: 'on' });
    expect(second.at(3_000 + END).judge().kind).toBe('so');
  });

  it('is none whose water comes back 3 K colder, that was not seen to begin, or that is not known', () => {
    expect(begin().at(END, { return: 37 }).judge().kind).toBe('not-so');
    expect(begin().at(END, { return: 37.1 }).judge().kind).toBe('so');
    expect(
      openRule(house, 'heat-no-rise', { ...first, burner: 'on' })
        .at(2 * END)
        .judge().kind,
    ).toBe('not-so');
    expect(begin().at(END, { burner: 'off' }).judge().kind).toBe('not-so');
    expect(begin().at(END, { burner: null }).judge()).toMatchObject({
      why: 'Burner was not heard since the link came',
    });
    expect(begin().at(END, { flow: null }).judge()).toMatchObject({ why: 'Flow was not heard since the link came' });
    // Before its first value there is no least one.
    const late = begin({ flow: null }).at(END, { flow: 39 });
    expect(late.judge()).toMatchObject({ kind: 'so', value: '39.0 °C' });
  });
});
