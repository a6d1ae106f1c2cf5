import { describe, expect, it } from 'vitest';
import { heatedHouse, minutes, runHeating, running } from '../../helpers/heating/heating-run.ts';

const ID = 'heat-no-condensing';
const HOUR = minutes(60);

/** The burner runs for so long with this return, seen to begin. */
function raisedBy(heating: Parameters<typeof heatedHouse>[0], back: string, ms = HOUR + minutes(6)) {
  const run = runHeating(heatedHouse(heating));
  run.speak(minutes(1), running('off', '60', '50'));
  run.speak(ms, running('on', '70', back));
  return run;
}

describe('a return that is too warm to condense', () => {
  it.each([
    ['gas', '55', []],
    ['gas', '55.1', [ID]],
    ['oil', '47', []],
    ['oil', '47.1', [ID]],
  ] as const)('of %s: %s °C', (fuel, back, raised) => {
    expect(raisedBy({ fuel }, back).raised()).toEqual(raised);
  });

  it('says its share of the burner time of a day, from five minutes of each run on', () => {
    const run = raisedBy({ fuel: 'gas' }, '58');
    expect(run.alarm(ID)).toMatchObject({
      ...{ priority: 'note', value: '100 %' },
      detail: expect.stringMatching(
        /^above 55 °C in 100 % of the 60 min that the burner ran in the last 24 h; now 58\.0 °C$/,
      ),
    });
    // As long again with a cool return: half of it, and then less than the 40 % at which it ends.
    run.speak(HOUR + minutes(5), running('on', '60', '40'));
    expect(run.raised()).toEqual([ID]);
    run.speak(minutes(60), running('on', '60', '40'));
    expect(run.raised()).toEqual([]);
  });

  it('is not known before an hour of burner time, and is none of a boiler that is not made for it', () => {
    expect(raisedBy({ fuel: 'gas' }, '58', minutes(60)).unwatched(ID)).toBe(
      'the burner was not seen to run for an hour in the last day',
    );
    expect(raisedBy({}, '58').raised()).toEqual([]);
    expect(raisedBy({ fuel: 'gas', limits: { condensing: 60 } }, '58').raised()).toEqual([]);
  });
});
