import { describe, expect, it } from 'vitest';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { housesLines } from '../../../src/ui/picture/houses.ts';
import { createHouseList, type HouseEntry, type HouseList, withFacts } from '../../../src/ui/state/house-list.ts';
import { lineWidth } from '../../../src/ui/text/line.ts';

const entry = (name: string, user: string | null, address: string, isLast = false): HouseEntry => {
  return { name, profile: name, user, address, isLast };
};

const entries = [
  entry('home', 'master', 'mqtt://localhost:1883'),
  entry('parents', 'monitor', 'mqtts://broker.parents.example:8883', true),
  entry('allotment', null, 'ws://192.168.1.7:9001/mqtt'),
  entry('holiday-house-at-the-north-sea', 'monitor', 'mqtts://sea.example:8883'),
];

const known = [
  { text: 'its daemon answers', isTrouble: false },
  { text: 'recorded to 28 Nov 22:14', isTrouble: false },
  { text: 'nothing recorded yet', isTrouble: false },
  { text: 'the house file sea.json cannot be read: it is not there', isTrouble: true },
].reduce<HouseList>((list, facts, place) => withFacts(list, place, facts), createHouseList(entries, null));

function screenOf(list: HouseList, columns: number, rows: number, set: 'full' | 'ascii' = 'full'): string {
  const lines = housesLines({ glyphs: glyphsFor({ glyphs: set }) }, { columns, rows }, list);
  expect(lines).toHaveLength(rows);
  for (const line of lines) expect(lineWidth(line)).toBe(columns);
  return `${lines.map(line => line.map(({ text }) => text).join('')).join('\n')}\n`;
}

describe('the list of houses', () => {
  for (const [columns, rows] of [
    [80, 24],
    [120, 40],
    [40, 15],
  ] as const) {
    it(`is drawn at ${columns}x${rows}`, async () => {
      await expect(screenOf(known, columns, rows)).toMatchFileSnapshot(`../../frames/houses-${columns}x${rows}.txt`);
    });
  }

  it('says why one could not be opened, and leaves the list to choose another', async () => {
    const notice =
      'holiday-house-at-the-north-sea cannot be opened: the house file /home/me/sea.json cannot be read: it is not ' +
      'there. Name a house file, or one of the presets article and article-de.';
    const screen = screenOf({ ...known, focus: 3, notice }, 40, 15);
    await expect(screen).toMatchFileSnapshot('../../frames/houses-notice-40x15.txt');
    expect(screen).toContain('allotment');
  });

  it('begins before anything is known of them', () => {
    const screen = screenOf(createHouseList(entries, null), 80, 24);
    expect(screen).toContain('last time');
    expect(screen).not.toMatch(/daemon|recorded|undefined/);
  });

  it('scrolls where there are more than fit, and says which one of how many is chosen', () => {
    const many = Array.from({ length: 60 }, (_, n) => entry(`house-${n + 1}`, 'me', 'mqtt://pi:1883'));
    const screen = screenOf({ ...createHouseList(many, null), focus: 41 }, 80, 24);
    expect(screen).toContain('42 of 60');
    expect(screen).toContain('house-42 ');
    expect(screen).not.toContain('house-1 ');
  });

  it('is a list of none where the last one was removed meanwhile', () => {
    expect(screenOf(createHouseList([], null), 80, 24)).toContain('No house is saved');
  });

  it('has a picture at every size', () => {
    for (const columns of [30, 41, 59, 60, 61, 79, 200]) for (const rows of [8, 9, 24]) screenOf(known, columns, rows);
  });
});
