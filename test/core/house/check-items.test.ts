import { describe, expect, test } from 'vitest';
import { checkHouse } from '../../../src/core/house/check.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { articleHouse } from '../../helpers/house/house-run.ts';

/** What is found of a house with these items, with the path of the field that it is found at. */
function found(change: Partial<HouseConfig>): readonly string[] {
  const paths: string[] = [];
  const house = { ...articleHouse(), version: 2 as const, ...change };
  const issues = checkHouse(house, path => {
    paths.push(path.join('.'));
    return { file: 'house.json', line: paths.length };
  });
  return issues.map(({ message, place }) => `${paths[(place?.line ?? 0) - 1]}: ${message}`);
}

describe('a set-point', () => {
  const of = (min: number, max: number, step?: number) =>
    found({
      numbers: {
        target: { label: 'T', command: 'a/set', unit: '°C', min, max, ...(step === undefined ? {} : { step }) },
      },
    });

  test.each([
    [5, 30, undefined, []],
    [5, 30, 25, []],
    [5, 30, 25.5, ['numbers.target.step: numbers.target has steps of 25.5, and only 25 from min to max']],
    [5, 5.5, undefined, ['numbers.target.step: numbers.target has steps of 1, and only 0.5 from min to max']],
    [5, 6, undefined, []],
    [5, 5, 0.1, ['numbers.target.max: numbers.target runs from 5 to 5']],
    [5, 4, 0.1, ['numbers.target.max: numbers.target runs from 5 to 4']],
  ])('from %d to %d by %j', (min, max, step, expected) => {
    expect(of(min, max, step)).toEqual(expected);
  });
});

describe('words that must be told apart', () => {
  const { switches } = articleHouse();
  const withPump = (change: object) =>
    found({ switches: { ...switches, pump: { ...switches.pump, ...change } as never } });

  test('the two payloads of a switch', () => {
    expect(withPump({ on: '1', off: '0' })).toEqual([]);
    expect(withPump({ on: 'x', off: 'X' })).toEqual([]);
    expect(withPump({ on: 'x', off: 'x' })).toEqual([
      'switches.pump.off: switches.pump has one word, "x", for on and off',
    ]);
  });

  test('the words by which it answers, in whichever letters unless these count', () => {
    const at = (place: number, word: string): string =>
      `switches.pump.answers.off.${place}: switches.pump.answers has "${word}" for on and off`;
    expect(withPump({ answers: { on: ['an'], off: ['aus', 'AN'] } })).toEqual([at(1, 'AN')]);
    expect(withPump({ answers: { on: ['an'], off: ['AN'], matchCase: false } })).toEqual([at(0, 'AN')]);
    expect(withPump({ answers: { on: ['an'], off: ['AN'], matchCase: true } })).toEqual([]);
    expect(withPump({ answers: { on: ['an'], off: ['an'], matchCase: true } })).toEqual([at(0, 'an')]);
    expect(withPump({ answers: { off: ['an'] } })).toEqual([]);
    expect(withPump({ answers: { on: ['an'] } })).toEqual([]);
  });

  test('payloads and words of a binary', () => {
    const words = { on: 'open', off: 'closed' };
    const of = (change: object) => found({ binaries: { door: { label: 'Door', topic: 'a/door', words, ...change } } });
    expect(of({})).toEqual([]);
    expect(of({ on: '1' })).toEqual([]);
    expect(of({ off: '1' })).toEqual([]);
    expect(of({ on: '1', off: '0' })).toEqual([]);
    expect(of({ on: '1', off: '1' })).toEqual([
      'binaries.door.off: binaries.door has one payload, "1", for open and closed',
    ]);
    expect(of({ words: { on: 'x', off: 'x' } })).toEqual([
      'binaries.door.words: binaries.door has one word, "x", for both',
    ]);
  });

  test('the topics of an event and of its picture', () => {
    const of = (change: object) => found({ events: { bell: { label: 'Bell', topic: 'a/bell', ...change } } });
    expect([of({}), of({ snapshot: 'a/bell/picture' })]).toEqual([[], []]);
    expect(of({ snapshot: 'a/bell' })).toEqual([
      'events.bell.snapshot: events.bell has one topic for what happens and for its picture',
    ]);
  });
});

describe('a selection', () => {
  const of = (options: readonly string[], payloads?: Readonly<Record<string, string>>) =>
    found({
      selects: {
        mode: {
          label: 'Mode',
          command: 'a/mode',
          options: [...options],
          ...(payloads === undefined ? {} : { payloads }),
        },
      },
    });
  const option = (place: number, what: string): string => `selects.mode.options.${place}: selects.mode ${what}`;

  test('has each option once, in whichever letters', () => {
    expect(of(['eco', 'heat'])).toEqual([]);
    expect(of(['eco', 'heat', 'Eco'])).toEqual([option(2, 'has the option "Eco" twice')]);
    expect(of(['eco', 'eco'])).toEqual([option(1, 'has the option "eco" twice')]);
  });

  test('has a payload of its own for each, be it the option itself', () => {
    expect(of(['eco', 'heat'], { eco: '1', heat: '2' })).toEqual([]);
    expect(of(['eco', 'heat'], { eco: '1', heat: '1' })).toEqual([option(1, 'has the payload "1" for two options')]);
    expect(of(['eco', 'heat'], { heat: 'eco' })).toEqual([option(1, 'has the payload "eco" for two options')]);
    expect(of(['eco', 'heat'], { eco: 'heat', heat: 'eco' })).toEqual([]);
    // A name that each object has is no payload.
    expect(of(['constructor', 'heat'])).toEqual([]);
  });

  test('has payloads for its own options only', () => {
    expect(of(['eco'], { Eco: '1' })).toEqual([
      'selects.mode.payloads.Eco: selects.mode.payloads names "Eco", which is none of its options',
    ]);
  });
});

describe('a binary that is presumed to be off', () => {
  const door = { label: 'Door', topic: 'a/door', words: { on: 'open', off: 'closed' } };
  const of = (change: object) => found({ binaries: { door: { ...door, ...change } } });

  test.each([
    [{ offAfter: 90 }, []],
    [{ offAfter: 90, expireAfter: 91 }, []],
    [{ offAfter: 90, every: 31 }, []],
    [{ expireAfter: 1, every: 1 }, []],
    [{ offAfter: 90, expireAfter: 90 }, [90]],
    [{ offAfter: 90, every: 30 }, [90]],
    [{ offAfter: 90, every: 1, expireAfter: 89 }, [89]],
    [{ offAfter: 90, every: 1, expireAfter: 91 }, []],
  ])('%j is so before it is stale', (change, limits) => {
    expect(of(change)).toEqual(
      limits.map(
        limit =>
          `binaries.door.offAfter: binaries.door is stale after ${limit} s of silence, before its offAfter of 90 s is over`,
      ),
    );
  });
});
