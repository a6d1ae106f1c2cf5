import { describe, expect, it } from 'vitest';
import { heatedHouse, minutes, runHeating, running } from '../../helpers/heating/heating-run.ts';

describe('a burner without its pump', () => {
  const words = (burner: string, pump: string) => ({
    ...running('off'),
    'heating/burner/done': burner,
    'heating/pump/done': pump,
  });

  it('is an alarm after half a minute, and says what both say', () => {
    const heating = runHeating();
    heating.speak(minutes(1), words('off', 'off'));
    heating.speak(29_000, words('on', 'off'));
    expect(heating.raised()).toEqual([]);
    heating.speak(2_000, words('on', 'off'));
    expect(heating.raised()).toEqual(['heat-no-pump']);
    expect(heating.alarm('heat-no-pump')).toMatchObject({
      ...{ priority: 'alarm', value: 'Burner on, Pump off', detail: 'Burner says on while Pump says off' },
      about: ['burner', 'pump'],
    });
    heating.speak(minutes(2), words('on', 'on'));
    expect(heating.raised()).toEqual([]);
  });

  it('is not a pump that runs on, and nothing that is not known', () => {
    const heating = runHeating();
    heating.speak(minutes(5), words('off', 'on'));
    expect(heating.raised()).toEqual([]);
    const unknown = runHeating();
    unknown.run.receive('heating/pump/done', 'off', { retained: true });
    unknown.speak(minutes(5), { 'heating/burner/done': 'on', 'heating/flow': '50', 'heating/return': '40' });
    expect(unknown.raised()).not.toContain('heat-no-pump');
    expect(unknown.unwatched('heat-no-pump')).toBe('only a retained value of Pump is known');
  });
});

describe('the difference of flow and return', () => {
  /** What is raised after the burner ran for so long with these, seen to begin. */
  function raisedAfter(ms: number, flow: string, back: string, heating = {}): readonly string[] {
    const run = runHeating(heatedHouse(heating));
    run.speak(minutes(2), running('off', flow, back));
    run.speak(ms, running('on', flow, back));
    // A flow that does not rise is another rule's.
    return run.raised().filter(id => id !== 'heat-no-rise');
  }

  it.each([
    ['3 K', '43', '40', []],
    ['less', '42.9', '40', ['heat-spread-small']],
    ['25 K', '65', '40', []],
    ['more', '65.1', '40', ['heat-spread-large']],
    ['a return that is 1 K warmer', '40', '41', ['heat-spread-small']],
    ['one that is still warmer', '40', '41.1', ['heat-reversed']],
  ])('of %s', (_, flow, back, raised) => {
    expect(raisedAfter(minutes(13), flow, back)).toEqual(raised);
  });

  it('counts from ten minutes of a run on, for two minutes', () => {
    expect(raisedAfter(minutes(11), '42', '40')).toEqual([]);
    expect(raisedAfter(minutes(13), '42', '40')).toEqual(['heat-spread-small']);
  });

  it('of the wrong sign counts from two minutes on, for two more', () => {
    expect(raisedAfter(minutes(4) - 5_000, '40', '42')).toEqual([]);
    expect(raisedAfter(minutes(4) + 10_000, '40', '42')).toEqual(['heat-reversed']);
  });

  it('says its number, both temperatures and the threshold', () => {
    const run = runHeating();
    run.speak(minutes(1), running('off', '42', '40'));
    run.speak(minutes(13), running('on', '42', '40'));
    expect(run.alarm('heat-spread-small')).toMatchObject({
      ...{ priority: 'note', value: '2.0 K', about: ['flow', 'return'] },
      detail: '2.0 K, from 42.0 °C to 40.0 °C; at least 3 K are usual once the burner has run for 10 min',
    });
  });

  it('is told with the digits that tell it from its limit, and what is held with where it is over', () => {
    const run = runHeating();
    run.speak(minutes(1), running('off', '42.96', '40'));
    run.speak(minutes(13), running('on', '42.96', '40'));
    expect(run.alarm('heat-spread-small')?.detail).toMatch(/^2\.96 K, from 43\.0 °C to 40\.0 °C; at least 3 K are/);
    run.speak(minutes(1), running('on', '43.5', '40'));
    expect(run.alarm('heat-spread-small')?.detail).toMatch(/^3\.5 K, .* for 10 min; it is over from 4\.0 K up$/);
  });

  it('counts a run anew after its burner was silent: nobody saw it go on', () => {
    const run = runHeating();
    run.speak(minutes(1), running('off', '42', '40'));
    run.speak(minutes(8), running('on', '42', '40'));
    run.run.pass(minutes(2));
    run.speak(minutes(11), running('on', '42', '40'));
    expect(run.raised()).toEqual([]);
    run.speak(minutes(2), running('on', '42', '40'));
    expect(run.raised()).toEqual(['heat-spread-small']);
    expect(run.alarm('heat-no-rise')).toBeUndefined();
  });

  it('says nothing while the burner rests or the pump does', () => {
    const rests = runHeating();
    rests.speak(minutes(20), running('off', '40', '44'));
    expect(rests.raised()).toEqual([]);
    const stands = runHeating();
    const still = { ...running('on', '40', '44'), 'heating/pump/done': 'off' };
    stands.speak(minutes(20), still);
    expect(stands.raised().filter(id => id.startsWith('heat-spread') || id === 'heat-reversed')).toEqual([]);
  });

  it('goes by the limits of the house file', () => {
    const limits = { spreadLow: 1, spreadHigh: 5 };
    expect(raisedAfter(minutes(13), '41.5', '40', { limits })).toEqual([]);
    expect(raisedAfter(minutes(13), '45.1', '40', { limits })).toEqual(['heat-spread-large']);
  });
});

describe('a burner that heats nothing', () => {
  const ID = 'heat-no-rise';

  it('is one whose flow has not risen by 2 K ten minutes after its start', () => {
    const run = runHeating();
    run.speak(minutes(2), running('off', '40', '39'));
    run.speak(minutes(10), running('on', '41.9', '39.9'));
    expect(run.raised()).not.toContain(ID);
    run.speak(minutes(1), running('on', '41.9', '39.9'));
    expect(run.raised()).toContain(ID);
    expect(run.alarm(ID)?.detail).toBe(
      '41.9 °C, less than 2 K above the 40.0 °C that it was since the burner began, more than 10 min ago',
    );
    run.speak(minutes(2), running('on', '43.9', '39'));
    expect(run.raised()).not.toContain(ID);
  });

  it('is none that has risen, whatever came after', () => {
    const run = runHeating();
    run.speak(minutes(2), running('off', '40', '39'));
    run.speak(minutes(1), running('on', '40', '39'));
    run.speak(minutes(1), running('on', '42', '39'));
    run.speak(minutes(12), running('on', '40', '39'));
    expect(run.raised()).not.toContain(ID);
  });

  it('is none of which the water takes heat away, or that was not seen to begin', () => {
    const steady = runHeating();
    steady.speak(minutes(2), running('off', '60', '57'));
    steady.speak(minutes(20), running('on', '60', '57'));
    expect(steady.raised()).not.toContain(ID);
    const unseen = runHeating();
    unseen.speak(minutes(20), running('on', '40', '39'));
    expect(unseen.raised()).not.toContain(ID);
  });
});
