import { describe, expect, it } from 'vitest';
import type { Judgement } from '../../../../src/core/alarms/condition.ts';
import { clientSilence, valueSilence } from '../../../../src/core/alarms/conditions/silence.ts';
import type { HomeState } from '../../../../src/core/home/state/state.ts';
import type { HouseConfig } from '../../../../src/core/house/schema.ts';
import { connected, emptyHome, message, START, tick, withEvents } from '../../../helpers/ui/home.ts';

const config = {
  name: 'H',
  sensors: {
    temp: { label: 'Temp', topic: 't', unit: '', every: 5 },
    damp: { label: 'Damp', topic: 'd', unit: '', every: 5 },
    kept: { label: 'Kept', topic: 'k', unit: '', retained: true, every: 5 },
    free: { label: 'Free', topic: 'x', unit: '' },
  },
  states: {
    mode: { label: 'Mode', topic: 'm', expireAfter: 60 },
    beat: { label: 'Beat', topic: 'b', every: 20 },
    word: { label: 'Word', topic: 'w' },
  },
  clients: {
    box: { publishes: ['temp', 'damp', 'kept'], availability: { topic: 'here' } },
    slow: { publishes: ['free'] },
  },
  switches: {},
  panels: [],
} as unknown as HouseConfig;

const empty = emptyHome(config);
const listening = withEvents(empty, connected(START));
type Said = readonly [topic: string, payload: string, isRetained?: true];
/** What these say at each second from 1 on, and then nothing until `seconds`. */
const speaking = (until: number, seconds: number, ...said: readonly Said[]): HomeState => {
  let home = listening;
  for (let second = 1; second <= until; second++)
    home = withEvents(
      home,
      ...said.map(([topic, payload, isRetained = false]) =>
        message(START + second * 1_000, topic, payload, isRetained),
      ),
    );
  return withEvents(home, tick(START + seconds * 1_000));
};
const later = (home: HomeState, at: number): HomeState => withEvents(home, tick(at));
const ofClient = (home: HomeState, id = 'box') => clientSilence(id).judge(null, home, false);
const ofValue = (home: HomeState, id: string, client?: string) => valueSilence(id, client).judge(null, home, false);
const againAt = (judgement: Judgement): number => judgement.againAt ?? Number.NaN;

describe('a client', () => {
  it('that is none, or while nothing can be heard, is not judged', () => {
    expect(ofClient(listening, 'none')).toEqual({ kind: 'unwatched', why: 'none is no client of this house' });
    expect(ofClient(empty)).toMatchObject({ kind: 'unwatched' });
  });

  it('that speaks is not silent, until it was for too long', () => {
    const home = speaking(10, 11, ['t', '5'], ['d', '5']);
    const judgement = ofClient(home);
    expect(judgement).toMatchObject({ kind: 'not-so', value: null });
    expect(ofClient(later(home, againAt(judgement) - 1)).kind).toBe('not-so');
    expect(ofClient(later(home, againAt(judgement)))).toMatchObject({ kind: 'so', value: 'stale' });
  });

  it('that says so is gone', () => {
    expect(ofClient(speaking(2, 3, ['t', '5'], ['here', 'offline']))).toMatchObject({ kind: 'so', value: 'offline' });
  });

  it('that was never heard is silent when it should have spoken by what the house file says', () => {
    const judgement = ofClient(later(listening, START + 1_000));
    expect(judgement).toMatchObject({ kind: 'unwatched', why: 'nothing was heard of it yet' });
    expect(againAt(judgement)).toBeGreaterThan(START + 5_000);
    expect(againAt(judgement)).toBeLessThan(START + 60_000);
    expect(ofClient(later(listening, againAt(judgement) - 1)).kind).toBe('unwatched');
    expect(ofClient(later(listening, againAt(judgement)))).toMatchObject({ kind: 'so', value: 'never heard' });
  });

  it('of which nothing says how often it speaks has an hour', () => {
    expect(againAt(ofClient(later(listening, START + 1_000), 'slow'))).toBe(START + 3_600_000);
    expect(ofClient(later(listening, START + 3_600_000), 'slow').kind).toBe('so');
  });

  it('that spoke before the link was lost is given its time again', () => {
    const again = withEvents(speaking(10, 11, ['t', '5']), connected(START + 12_000), tick(START + 12_500));
    expect(ofClient(again)).toMatchObject({ kind: 'unwatched', why: 'box was not heard since the link came' });
    expect(againAt(ofClient(again))).toBeGreaterThan(START + 12_500);
  });
});

describe('a value', () => {
  it('is judged while its client speaks only', () => {
    const both = speaking(10, 11, ['t', '5'], ['d', '5']);
    expect(ofValue(both, 'temp', 'box').kind).toBe('not-so');
    const silent = later(both, START + 300_000);
    expect(ofValue(silent, 'temp', 'box')).toEqual({
      kind: 'unwatched',
      why: 'box is stale',
      againAt: START + 305_000,
    });
    expect(ofValue(listening, 'temp', 'box')).toMatchObject({ kind: 'unwatched', why: 'box is not heard yet' });
    expect(ofValue(empty, 'temp', 'box')).toMatchObject({ kind: 'unwatched' });
  });

  it('is silent where its client says another', () => {
    let home = speaking(10, 10, ['t', '5'], ['d', '5']);
    const until = againAt(ofValue(home, 'damp', 'box'));
    for (let at = START + 11_000; at < until; at += 1_000) home = withEvents(home, message(at, 't', '5'));
    expect(ofValue(later(home, until - 1), 'damp', 'box').kind).toBe('not-so');
    expect(ofValue(later(home, until), 'damp', 'box')).toMatchObject({ kind: 'so', value: 'stale' });
    expect(ofValue(later(home, until), 'temp', 'box').kind).toBe('not-so');
  });

  it('that cannot be read is that', () => {
    expect(ofValue(speaking(3, 4, ['t', '5'], ['d', 'x']), 'damp', 'box')).toMatchObject({
      kind: 'so',
      value: 'unreadable',
    });
  });

  it('that the broker keeps is not silent, where it is meant to be kept', () => {
    const home = speaking(3, 4, ['t', '5'], ['k', '5', true], ['d', '5', true]);
    expect(ofValue(home, 'kept', 'box')).toEqual({ kind: 'not-so', value: null });
    expect(ofValue(home, 'damp', 'box').kind).toBe('unwatched');
  });

  it('that was never heard is silent when it should have been', () => {
    let home = speaking(1, 1, ['t', '5']);
    const judgement = ofValue(home, 'damp', 'box');
    expect(judgement).toMatchObject({ kind: 'unwatched', why: 'nothing was heard of it yet' });
    for (let at = START + 2_000; at <= againAt(judgement); at += 1_000) home = withEvents(home, message(at, 't', '5'));
    expect(ofValue(later(home, againAt(judgement)), 'damp', 'box')).toMatchObject({ kind: 'so', value: 'never heard' });
    expect(againAt(ofValue(later(listening, START + 1_000), 'free'))).toBe(START + 3_600_000);
  });

  it('that was heard before the link was lost is given its time again', () => {
    const again = withEvents(
      speaking(10, 11, ['t', '5'], ['d', '5']),
      connected(START + 12_000),
      message(START + 12_100, 't', '5'),
    );
    expect(ofValue(again, 'damp', 'box')).toMatchObject({
      kind: 'unwatched',
      why: 'Damp was not heard since the link came',
    });
  });
});

describe('a word', () => {
  it.each([
    ['mode', 'm', 61_000],
    ['beat', 'b', 61_000],
  ])('%s may be silent for a minute', (id, topic, until) => {
    const home = speaking(1, 2, [topic, 'eco']);
    expect(ofValue(home, id)).toEqual({ kind: 'not-so', value: null, againAt: START + until });
    expect(ofValue(later(home, START + until - 1), id).kind).toBe('not-so');
    expect(ofValue(later(home, START + until), id)).toMatchObject({ kind: 'so', value: 'stale' });
  });

  it('of which nothing is said may be silent for ever, and none is silent that never spoke', () => {
    expect(ofValue(speaking(1, 900, ['w', 'x']), 'word')).toEqual({ kind: 'not-so', value: null, againAt: null });
    expect(ofValue(listening, 'word')).toEqual({ kind: 'unwatched', why: 'Word was not heard yet' });
  });
});
