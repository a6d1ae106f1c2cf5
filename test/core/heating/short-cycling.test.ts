import { describe, expect, it } from 'vitest';
import { momentText } from '../../../src/core/moment-text.ts';
import { type HeatingRun, heatedHouse, minutes, runHeating, running } from '../../helpers/heating/heating-run.ts';
import { NOON } from '../../helpers/house/house-run.ts';

const ID = 'heat-short-cycling';

/** The burner runs for so long, and rests for so long, so many times. */
function cycle(heating: HeatingRun, times: number, onMs: number, offMs: number): void {
  for (let time = 0; time < times; time++) {
    heating.speak(onMs, running('on'));
    heating.speak(offMs, running('off'));
  }
}

/** A burner that was seen to be off, watched for so long. */
function watched(ms = minutes(60), heating: Parameters<typeof heatedHouse>[0] = {}): HeatingRun {
  const run = runHeating(heatedHouse(heating));
  run.speak(ms, running('off'));
  return run;
}

describe('short cycling', () => {
  it('is three runs of less than five minutes in an hour, and says how many and since when', () => {
    const heating = watched();
    cycle(heating, 2, minutes(4), minutes(16));
    expect(heating.raised()).toEqual([]);
    cycle(heating, 1, minutes(4), minutes(4));
    expect(heating.raised()).toEqual([ID]);
    const { value, detail, source, priority } = heating.alarm(ID) ?? {};
    expect([value, priority]).toEqual(['3 starts in the last hour, 3 too short', 'warning']);
    const since = momentText(NOON + minutes(60));
    expect(detail).toBe(
      `3 starts in the last hour, 3 too short; 3 in the last 24 h; a run takes 4 min on average, 5 min are the least; so since ${since}`,
    );
    expect(source).toMatch(/5 minutes and more, better 15/);
  });

  it.each([
    ['runs of five minutes, ten from start to start', minutes(5), minutes(5), []],
    ['runs that are five seconds shorter', minutes(5) - 5_000, minutes(10), [ID]],
    ['long runs that follow each other too soon', minutes(5), minutes(5) - 5_000, [ID]],
  ])('%s', (_, onMs, offMs, raised) => {
    const heating = watched();
    cycle(heating, 5, onMs, offMs);
    expect(heating.raised()).toEqual(raised);
  });

  it('is over when an hour has less than three', () => {
    const heating = watched();
    cycle(heating, 3, minutes(2), minutes(2));
    expect(heating.raised()).toEqual([ID]);
    // The first of the three began twelve minutes ago.
    heating.speak(minutes(48) + 59_000, running('off'));
    expect(heating.raised()).toEqual([ID]);
    heating.speak(2_000, running('off'));
    expect(heating.raised()).toEqual([]);
  });

  it('counts from the first of the short runs that no sound one came after', () => {
    const heating = watched();
    cycle(heating, 1, minutes(2), minutes(10));
    cycle(heating, 1, minutes(20), minutes(10));
    const first = heating.run.state.at;
    cycle(heating, 3, minutes(2), minutes(2));
    expect(heating.alarm(ID)?.detail).toContain(`so since ${momentText(first)}`);
    expect(heating.alarm(ID)?.detail).toContain('5 starts in the last hour, 4 too short; 5 in the last 24 h');
  });

  it('is not known before the burner was watched for an hour, and evidence needs no hour', () => {
    const heating = watched(minutes(10));
    expect(heating.unwatched(ID)).toBe('the burner was not watched for an hour yet');
    heating.speak(minutes(50) - 1_000, running('off'));
    expect(heating.unwatched(ID)).not.toBeNull();
    heating.speak(2_000, running('off'));
    expect(heating.unwatched(ID)).toBeNull();
    const other = watched(minutes(5));
    cycle(other, 3, minutes(1), minutes(1));
    expect(other.raised()).toEqual([ID]);
  });

  it('takes no first word and no word after a gap for a start', () => {
    const heating = runHeating();
    heating.speak(minutes(1), running('on'));
    for (let time = 0; time < 4; time++) {
      heating.speak(minutes(1), running('off'));
      heating.run.disconnect();
      heating.run.pass(minutes(1));
      heating.run.connect();
      heating.speak(minutes(1), running('on'));
    }
    expect(heating.raised()).toEqual([]);
    expect(heating.unwatched(ID)).toBe('the burner was not watched for an hour yet');
  });

  it('takes no word of a device that was silent for a start', () => {
    const heating = watched();
    for (let time = 0; time < 4; time++) {
      heating.run.pass(minutes(2));
      expect(heating.unwatched(ID)).not.toBeNull();
      heating.speak(minutes(1), running('on'));
      heating.speak(minutes(1), running('off'));
      heating.run.pass(minutes(2));
      heating.speak(minutes(1), running('off'));
    }
    expect(heating.raised()).toEqual([]);
  });

  it('goes by the limits of the house file', () => {
    const heating = watched(minutes(60), {
      limits: { shortRunMinutes: 2, shortCycleMinutes: 3, shortRunsPerHour: 2 },
    });
    cycle(heating, 4, minutes(2), minutes(1));
    expect(heating.raised()).toEqual([]);
    cycle(heating, 2, minutes(1), minutes(2));
    expect(heating.raised()).toEqual([ID]);
  });
});
