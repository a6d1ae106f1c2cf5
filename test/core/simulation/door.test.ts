import { describe, expect, it } from 'vitest';
import { parseHouse } from '../../../src/core/house/parse.ts';
import { presets } from '../../../src/core/house/presets.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { createDoor, type DoorMessage, hasDoor, stepDoor, withDoor } from '../../../src/core/simulation/door.ts';
import { createRandom } from '../../../src/core/simulation/random.ts';

const article = presets.article as HouseConfig;

function messages(seconds: number, seed: number): { atS: number; message: DoorMessage }[] {
  const random = createRandom(seed);
  let door = createDoor(random);
  const seen: { atS: number; message: DoorMessage }[] = [];
  for (let tick = 1; tick <= 2 * seconds; tick += 1) {
    const step = stepDoor(door, 500, random);
    door = step.state;
    for (const message of step.messages) seen.push({ atS: tick / 2, message });
  }
  return seen;
}

describe('the door of the demo', () => {
  it('is one more in a house that stays as it is', () => {
    const house = withDoor(article);
    expect(parseHouse(JSON.stringify(house), 'house.json')).toMatchObject({ ok: true });
    expect([hasDoor(article), hasDoor(house)]).toEqual([false, true]);
    const { events, panels, ...others } = house;
    const { panels: _, ...before } = article;
    expect(others).toEqual(before);
    expect(events?.doorbell).toMatchObject({
      words: { ring: 'rings' },
      label: 'Door bell',
      topic: 'door/bell',
      snapshot: 'door/picture',
    });
    expect(panels.at(-1)).toEqual({ label: 'Door', items: ['doorbell'] });
  });

  it.each([1, 2, 3])('rings soon, then now and then, and each time a picture follows (seed %i)', seed => {
    const seen = messages(3_600, seed);
    const rings = seen.filter(({ message }) => message.topic === 'door/bell');
    const pictures = seen.filter(({ message }) => message.topic === 'door/picture');
    expect(rings[0]?.atS).toBeGreaterThanOrEqual(20);
    expect(rings[0]?.atS).toBeLessThanOrEqual(35.5);
    const pauses = rings.slice(1).map(({ atS }, place) => atS - (rings[place]?.atS ?? 0));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(120);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(420.5);
    expect(pictures).toHaveLength(rings.length);
    for (const [place, { atS }] of pictures.entries()) expect(atS - (rings[place]?.atS ?? 0)).toBeLessThanOrEqual(2);
  });

  it('says a word and shows a graymap that can be opened', () => {
    const [ring, picture] = messages(60, 1).map(({ message }) => message.payload);
    expect(ring).toBe('ring');
    if (!(picture instanceof Uint8Array)) throw new Error('no picture');
    expect(new TextDecoder().decode(picture.subarray(0, 13))).toBe('P5 64 48 255\n');
    expect(picture).toHaveLength(13 + 64 * 48);
    expect(new Set(picture.subarray(13)).size).toBeGreaterThan(20);
    // Somebody stands there, sixteen points wide and not at the edge; above the head it is dusk.
    const meanOf = (points: readonly number[]) => points.reduce((sum, point) => sum + point, 0) / points.length;
    const brightColumns = (first: number, last: number) =>
      Array.from({ length: 64 }, (_, column) => column).filter(column => {
        const rows = Array.from({ length: last - first }, (_, row) => first + row);
        return meanOf(rows.map(row => picture[13 + 64 * row + column] ?? 0)) > 105;
      });
    const person = brightColumns(11, 48);
    expect(person.length === 15 || person.length === 16).toBe(true);
    expect((person.at(-1) ?? 0) - (person[0] ?? 0)).toBe(person.length - 1);
    expect(person[0]).toBeGreaterThan(10);
    expect(person.at(-1)).toBeLessThan(53);
    expect(brightColumns(0, 10)).toEqual([]);
  });
});
