import { describe, expect, it } from 'vitest';
import { createHeating, type Heating, stepHeating } from '../../../src/core/simulation/heating-model.ts';
import { createRandom, type Random } from '../../../src/core/simulation/random.ts';
import { createWeather } from '../../../src/core/simulation/weather.ts';

/** Where the safety temperature monitor switches the burner off, °C. */
const CUT_OFF_AT = 95;

const weather = createWeather(0);

/** The circuit second by second, the start included. */
function run(start: Heating, seconds: number, isPumpOn: boolean, isBurnerOn: boolean, seed = 1): Heating[] {
  const random = createRandom(seed);
  const course = [start];
  for (let second = 0; second < seconds; second += 1) {
    const last = course.at(-1) ?? start;
    course.push(stepHeating(last, 1_000, { isPumpOn, isBurnerOn, weather }, random));
  }
  return course;
}

const last = (course: readonly Heating[]): Heating => course.at(-1) ?? createHeating();

describe('stepHeating', () => {
  it('rises visibly within a minute with burner and pump on, and the return follows more slowly', () => {
    const minute = last(run(createHeating(), 60, true, true));
    expect(minute.flow - 46).toBeGreaterThan(3);
    expect(minute.return - 37).toBeGreaterThan(0.5);
    expect(minute.return - 37).toBeLessThan(minute.flow - 46);
  });

  it('settles below the limits of the default house with the flow above the return', () => {
    for (const heating of run(createHeating(), 7_200, true, true).slice(3_600)) {
      expect(heating.flow).toBeGreaterThan(60);
      expect(heating.flow).toBeLessThan(80);
      expect(heating.return).toBeLessThan(70);
      expect(heating.flow).toBeGreaterThan(heating.return);
    }
  });

  it('only cools with the burner off, down to the house around it', () => {
    const course = run({ ...createHeating(), flow: 70, return: 55 }, 20_000, true, false);
    for (const [index, heating] of course.entries()) {
      const next = course[index + 1];
      if (next !== undefined) expect(next.flow).toBeLessThanOrEqual(heating.flow);
    }
    expect(last(course).flow).toBeGreaterThanOrEqual(25);
    expect(last(course).flow).toBeLessThan(26);
  });

  it('overheats with the burner on and the pump off, until the safety monitor switches the burner off', () => {
    const course = run(createHeating(), 400, false, true);
    const lockedAt = course.findIndex(heating => heating.isLockedOut);
    expect(lockedAt).toBeGreaterThan(60);
    expect(course[lockedAt - 1]?.flow).toBeGreaterThanOrEqual(CUT_OFF_AT);
    expect(Math.max(...course.map(heating => heating.flow))).toBeLessThan(CUT_OFF_AT + 1);
    expect(last(course).flow).toBeLessThan(CUT_OFF_AT);
  });

  it('is released once the pump has carried the heat away', () => {
    const locked = { flow: 95, return: 50, demandOffset: 0, isLockedOut: true };
    const course = run(locked, 300, true, false);
    expect(course[1]?.isLockedOut).toBe(true);
    expect(last(course).isLockedOut).toBe(false);
  });

  it('stays within 25 to 96 °C under random switching and random steps', () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const random = createRandom(seed);
      let heating = createHeating();
      for (let step = 0; step < 300; step += 1) {
        const inputs = { isPumpOn: random.next() < 0.5, isBurnerOn: random.next() < 0.6, weather };
        heating = stepHeating(heating, random.between(0, 120_000), inputs, random);
        expect(heating.flow).toBeGreaterThanOrEqual(25);
        expect(heating.flow).toBeLessThanOrEqual(96);
        expect(heating.return).toBeGreaterThanOrEqual(25);
        expect(heating.return).toBeLessThanOrEqual(90);
      }
    }
  });
});

describe('one second of the circuit', () => {
  const calm = { normal: () => 0 } as Random;
  const wild = (normal: number) => ({ normal: () => normal }) as Random;
  /** At the warmest time of the day: 11 °C outside. */
  const inputs = { isPumpOn: true, isBurnerOn: true, weather: createWeather(15 * 3_600_000) };
  const at = (more: Partial<Heating>): Heating => {
    return { flow: 60, return: 40, demandOffset: 0, isLockedOut: false, ...more };
  };

  it('moves as much heat as its sums say', () => {
    const next = stepHeating(at({ demandOffset: 0.1 }), 1_000, inputs, calm);
    // 10 kW of the burner, 14 kW moved, 0.42 kW lost; 0.3 kW/K of radiators, by 4 K of mildness and a tenth more demand.
    expect(next.flow).toBeCloseTo(60 + (10 - 14 - 0.42) / 40, 9);
    expect(next.return).toBeCloseTo(40 + (14 - 0.3 * 0.952 * 1.1 * 15) / 110, 9);
    expect(next.demandOffset).toBeCloseTo(0.1 * Math.exp(-1 / 40), 9);
    const still = stepHeating(at({}), 1_000, { ...inputs, isPumpOn: false, isBurnerOn: false }, calm);
    expect(still.flow).toBeCloseTo(60 - (0.015 * 20 + 0.42) / 40, 9);
  });

  it.each([
    [94.999, false, false],
    [95, false, true],
    [80.001, true, true],
    [80, true, false],
  ])('at %d °C, locked out before: %s, is locked out: %s', (flow, isLockedOut, isLocked) => {
    expect(stepHeating(at({ flow, isLockedOut }), 1, inputs, calm).isLockedOut).toBe(isLocked);
  });

  it('has valves that draw no more than a third more or less', () => {
    const offset = (demandOffset: number, normal: number) =>
      stepHeating(at({ demandOffset }), 1_000, inputs, wild(normal)).demandOffset;
    expect([offset(0.34, 4), offset(-0.34, -4)]).toEqual([0.35, -0.35]);
    expect(offset(0.1, 1)).toBeGreaterThan(0.1);
    expect(offset(0.1, 1)).toBeLessThan(0.2);
  });
});
