import { describe, expect, it } from 'vitest';
import { eventsOf } from '../../../src/app/history/event-queue.ts';
import { getRow } from '../../../src/core/home/state/table.ts';
import { update } from '../../../src/core/home/update.ts';
import { snapshotOfLast } from '../../../src/core/home/update-snapshot.ts';
import { type HouseRun, NOON, runHouse } from '../../helpers/house/house-run.ts';
import { kindsHouse } from '../../helpers/house/kinds-house.ts';

const bell = { label: 'Door bell', topic: 'door/bell', words: { single: 'ring' }, snapshot: 'door/picture' };
const picture = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(1);

function run(): HouseRun {
  const started = runHouse({ ...kindsHouse, events: { bell } });
  started.connect();
  return started;
}

const rowOf = ({ state }: HouseRun) => {
  const row = getRow(state.words, 'bell');
  if (row === undefined) throw new Error('there is no bell');
  return row;
};

describe('a picture of an event', () => {
  it('is told once, with its size', () => {
    const house = run();
    house.receive('door/bell', 'single');
    house.pass(2_000);
    house.receive('door/picture', picture(3_100));
    house.pass(1_000);
    house.receive('door/picture', picture(9_000));
    expect(house.texts().slice(-2)).toEqual(['Door bell: ring', 'Door bell: a picture of 3.1 kB came']);
    expect(house.state.journal.at(-1)).toMatchObject({ level: 'info', kind: 'item', subject: 'bell' });
    expect(rowOf(house).snapshot).toEqual({ at: NOON + 2_000, bytes: 3_100 });
  });

  it('is of the next ring where that comes', () => {
    const house = run();
    house.receive('door/bell', 'single');
    house.receive('door/picture', picture(1));
    house.pass(20_000);
    house.receive('door/bell', 'single');
    expect(snapshotOfLast(rowOf(house))).toBeNull();
    house.receive('door/picture', picture(2));
    expect(snapshotOfLast(rowOf(house))?.bytes).toBe(2);
  });

  it.each([
    [-11, null],
    [-10, 5],
    [0, 5],
    [60, 5],
    [61, null],
  ])('that comes %i s after it is its own: %s', (afterS, bytes) => {
    const house = run();
    if (afterS < 0) house.receive('door/picture', picture(5));
    house.pass(Math.max(0, -1_000 * afterS));
    house.receive('door/bell', 'single');
    house.pass(Math.max(0, 1_000 * afterS));
    if (afterS >= 0) house.receive('door/picture', picture(5));
    expect(snapshotOfLast(rowOf(house))?.bytes ?? null).toBe(bytes);
    expect(house.texts().filter(text => text.includes('picture'))).toHaveLength(bytes !== null && afterS >= 0 ? 1 : 0);
  });

  it('is no news where nothing happened, the broker had kept it, or it is empty', () => {
    const house = run();
    const before = house.texts();
    house.receive('door/picture', picture(5));
    house.receive('door/picture', picture(7), { retained: true });
    expect(rowOf(house).snapshot?.bytes).toBe(5);
    house.receive('door/picture', '');
    expect(rowOf(house).snapshot?.bytes).toBe(5);
    expect(house.texts()).toEqual(before);
    expect(snapshotOfLast(rowOf(house))).toBeNull();
  });

  it('is none of an event that the broker had kept', () => {
    const house = run();
    house.receive('door/bell', 'single', { retained: true });
    house.receive('door/picture', picture(5));
    expect(snapshotOfLast(rowOf(house))).toBeNull();
  });

  it('shows that its client is there', () => {
    const house = run();
    house.receive('door/picture', picture(5));
    expect(getRow(house.state.clients, 'hall')?.heardAt).toBe(NOON);
  });

  it('is kept in the history with its size, and not itself', () => {
    const house = run();
    house.receive('door/bell', 'single');
    const before = house.state;
    const event = {
      ...({ type: 'message-received', at: NOON, topic: 'door/picture' } as const),
      ...{ payload: picture(3_100), isRetained: false },
    };
    const after = update(before, event).state;
    expect(eventsOf({ event, before, after }, NOON)).toMatchObject([
      {
        ...{ at: NOON, type: 'item', id: 'bell', severity: 'info', text: 'Door bell: a picture of 3.1 kB came' },
        detail: { kind: 'event', isSnapshot: true, snapshotBytes: 3_100 },
      },
    ]);
  });
});
