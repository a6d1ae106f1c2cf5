import { describe, expect, it } from 'vitest';
import { wasDeaf } from '../../../../src/core/home/clients/listened.ts';
import type { HomeEvent } from '../../../../src/core/home/state/event.ts';
import type { HomeState } from '../../../../src/core/home/state/state.ts';
import { connected, emptyHome, START, tick, withEvents } from '../../../helpers/ui/home.ts';

const at = (second: number): number => START + second * 1_000;
const lost = (second: number): HomeEvent => ({ type: 'link-changed', at: at(second), link: { phase: 'closed' } });
const read = (...spans: readonly (readonly [number, number])[]): HomeEvent => ({
  type: 'history-read',
  at: at(0),
  past: {
    ...{ series: new Map(), positions: new Map() },
    listened: spans.map(([from, until]) => ({ fromAt: at(from), untilAt: at(until) })),
  },
});
const deafIn = (home: HomeState, from: number, until: number): boolean => wasDeaf(home, at(from), at(until));

describe('when somebody listened', () => {
  it('begins with a link, ends where it is lost, and begins again', () => {
    const home = withEvents(emptyHome(), connected(at(0)), tick(at(60)), lost(61), tick(at(100)), connected(at(120)));
    expect(home.listened).toEqual([
      { fromAt: at(0), untilAt: at(61) },
      { fromAt: at(120), untilAt: null },
    ]);
  });

  it('ends where the program stood still, and is the same where only time goes by', () => {
    const home = withEvents(emptyHome(), connected(at(0)), tick(at(10)));
    expect(withEvents(home, tick(at(20))).listened).toBe(home.listened);
    const slept = withEvents(home, { type: 'time-skipped', at: at(600), skippedMs: 590_000 });
    expect(slept.listened).toEqual([
      { fromAt: at(0), untilAt: at(10) },
      { fromAt: at(600), untilAt: null },
    ]);
    const caught = withEvents(
      home,
      { type: 'backlog-began', at: at(30), since: at(12) },
      { type: 'backlog-ended', at: at(31) },
    );
    expect(caught.listened).toEqual([
      { fromAt: at(0), untilAt: at(30) },
      { fromAt: at(31) + 1, untilAt: null },
    ]);
  });

  it('is ours from when we listen, though another process has for longer', () => {
    const daemon = { ...withEvents(emptyHome(), connected(at(0)), tick(at(5))), listeningSince: at(-500) };
    const own = withEvents(emptyHome(), connected(at(0)), {
      ...{ type: 'past-heard', at: at(5), past: daemon, askedAt: at(1), isFirst: true },
    });
    expect([own.listeningSince, own.listened]).toEqual([at(-500), [{ fromAt: at(0), untilAt: null }]]);
  });

  it('is remembered for a hundred stretches', () => {
    let home = emptyHome();
    for (let turn = 0; turn < 105; turn += 1)
      home = withEvents(home, connected(at(20 * turn)), tick(at(20 * turn + 9)), lost(20 * turn + 10));
    expect([home.listened.length, home.listened[0]?.fromAt]).toEqual([100, at(100)]);
  });
});

describe('that nobody listened', () => {
  it('is known between two stretches, of what lies in none of them', () => {
    const home = withEvents(emptyHome(), connected(at(0)), tick(at(60)), lost(61), connected(at(120)), tick(at(130)));
    expect(deafIn(home, 61, 120)).toBe(true);
    expect(deafIn(home, 70, 80)).toBe(true);
    expect(deafIn(home, 60, 70)).toBe(false);
    expect(deafIn(home, 110, 121)).toBe(false);
    expect(deafIn(home, 121, 130)).toBe(false);
  });

  it('is not known before anybody ever did', () => {
    expect(deafIn(emptyHome(), -10, 0)).toBe(false);
    expect(deafIn(withEvents(emptyHome(), connected(at(0))), -10, 0)).toBe(false);
  });

  it('is known while there is no link', () => {
    const home = withEvents(emptyHome(), connected(at(0)), tick(at(60)), lost(61), tick(at(100)));
    expect(deafIn(home, 80, 90)).toBe(true);
  });

  it('is told by the history of before, but for the two minutes behind it that may not be written yet', () => {
    const home = withEvents(emptyHome(), connected(at(0)), read([-1_000, -900], [-800, -700]), tick(at(10)));
    expect(home.listened).toEqual([
      { fromAt: at(-1_000), untilAt: at(-900), isKept: true },
      { fromAt: at(-800), untilAt: at(-700), isKept: true },
      { fromAt: at(0), untilAt: null },
    ]);
    expect(deafIn(home, -1_010, -1_001)).toBe(false);
    expect(deafIn(home, -900, -800)).toBe(true);
    expect(deafIn(home, -700, -690)).toBe(false);
    expect(deafIn(home, -581, -571)).toBe(false);
    expect(deafIn(home, -580, -570)).toBe(true);
    expect(deafIn(home, -10, 0)).toBe(true);
  });

  it('is ours where both know it', () => {
    const home = withEvents(emptyHome(), connected(at(0)), read([-50, 20], [5, 40]), tick(at(60)));
    expect(home.listened).toEqual([
      { fromAt: at(-50), untilAt: at(20), isKept: true },
      { fromAt: at(0), untilAt: null },
    ]);
  });
});
