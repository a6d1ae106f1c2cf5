import { describe, expect, it } from 'vitest';
import { derivedValue, freshnessOfReading } from '../../../src/core/home/select.ts';
import { STATE_WORDS, stateWordsOf } from '../../../src/core/home/state-words.ts';
import { runHouse } from '../../helpers/house/house-run.ts';
import { livingHome, lockedHome, message, START, tick, withEvents } from '../../helpers/ui/home.ts';
import { stories } from '../../helpers/ui/stories.ts';

describe('the words for a state', () => {
  it('are the freshness that the screens show, in every story', () => {
    for (const [name, story] of Object.entries(stories)) {
      const home = story();
      for (const id of home.readings.ids)
        expect(stateWordsOf(home, id), `${name} ${id}`).toContain(freshnessOfReading(home, id).freshness);
      for (const id of home.house.derived.keys())
        expect(stateWordsOf(home, id), `${name} ${id}`).toEqual([derivedValue(home, id).freshness]);
      for (const id of [...home.readings.ids, ...home.switches.ids])
        for (const word of stateWordsOf(home, id)) expect(STATE_WORDS).toContain(word);
    }
  });

  it('have the level, what cannot be read, where a relay stands and what is locked', () => {
    const home = withEvents(
      livingHome(60),
      message(START + 61_000, 'heating/flow', '95'),
      message(START + 61_000, 'heating/flow', '95'),
      message(START + 61_000, 'cellar/humidity', '?'),
      tick(START + 61_100),
    );
    expect(stateWordsOf(home, 'flow')).toEqual(['live', 'critical']);
    expect(stateWordsOf(home, 'humidity')).toEqual(['stale', 'unreadable']);
    expect(stateWordsOf(home, 'pump')).toEqual(['off', 'live']);
    expect(stateWordsOf(lockedHome(), 'fan')).toContain('locked');
    expect(stateWordsOf(home, 'nothing')).toEqual([]);
  });

  it('have that a word is presumed', () => {
    const motion = { label: 'Hall', topic: 'hall/motion', words: { on: 'motion', off: 'quiet' }, offAfter: 90 };
    const run = runHouse({ name: 'H', sensors: {}, switches: {}, binaries: { hall: motion }, clients: {}, panels: [] });
    run.connect();
    run.receive('hall/motion', 'ON');
    expect(stateWordsOf(run.state, 'hall')).toEqual(['live', 'on']);
    run.pass(90_000);
    expect(stateWordsOf(run.state, 'hall')).toEqual(['live', 'off', 'presumed']);
    expect(STATE_WORDS).toContain('presumed');
  });
});
