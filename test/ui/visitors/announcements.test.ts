import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { announcementsOf } from '../../../src/ui/visitors/announcements.ts';
import { connected, emptyHome, message, START, tick, withEvents } from '../../helpers/ui/home.ts';

const house: HouseConfig = {
  name: 'Doors',
  sensors: {},
  switches: {},
  events: {
    bell: { label: 'Door bell', topic: 'door/bell', words: { single: 'rings' }, snapshot: 'door/picture' },
    tag: { label: 'Tag', topic: 'door/tag' },
  },
  counters: { motion: { label: 'Motion', topic: 'hall/motion' } },
  clients: {},
  panels: [{ label: 'Doors', items: ['bell', 'tag', 'motion'] }],
};
const AT = START + 10_000;
const ANNOUNCED_MS = 60_000;
const home = withEvents(emptyHome(house), connected(START));
const rung = (at = AT): HomeState => withEvents(home, message(at, 'door/bell', 'single'));

describe('what is announced', () => {
  it('is nothing before anything happened', () => {
    expect(announcementsOf(home)).toEqual([]);
  });

  it('is who rang, in the words of the house, with its time and how often since when', () => {
    expect(announcementsOf(rung())).toEqual([
      {
        ...{ id: 'bell', label: 'Door bell', word: 'rings', text: 'Door bell: rings' },
        ...{ at: AT, count: 1, countedSince: START, snapshotBytes: null },
      },
    ]);
  });

  it('has the size of the picture that came with it', () => {
    const shown = withEvents(rung(), message(AT + 500, 'door/picture', 'x'.repeat(1_234)));
    expect(announcementsOf(shown).map(({ snapshotBytes }) => snapshotBytes)).toEqual([1_234]);
  });

  it('is news for a minute to the millisecond', () => {
    expect(announcementsOf(withEvents(rung(), tick(AT + ANNOUNCED_MS - 1)))).toHaveLength(1);
    expect(announcementsOf(withEvents(rung(), tick(AT + ANNOUNCED_MS)))).toEqual([]);
  });

  it('is told anew when it happens again', () => {
    const again = withEvents(rung(), message(AT + 50_000, 'door/bell', 'single'), tick(AT + ANNOUNCED_MS + 1));
    expect(announcementsOf(again)).toMatchObject([{ at: AT + 50_000, count: 2 }]);
  });

  it('has the newest first', () => {
    const both = withEvents(rung(), message(AT + 1, 'door/tag', 'Anna'));
    expect(announcementsOf(both).map(({ text }) => text)).toEqual(['Tag: Anna', 'Door bell: rings']);
    const turned = withEvents(both, message(AT + 2, 'door/bell', 'single'));
    expect(announcementsOf(turned).map(({ id }) => id)).toEqual(['bell', 'tag']);
  });

  it('is never what the broker had kept, and nothing that is only counted', () => {
    const kept = withEvents(home, message(AT, 'door/bell', 'single', true));
    expect(announcementsOf(kept)).toEqual([]);
    expect(announcementsOf(withEvents(home, message(AT, 'hall/motion', 'ON')))).toEqual([]);
  });
});
