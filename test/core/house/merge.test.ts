import { describe, expect, it } from 'vitest';
import { type HouseAdditions, mergeIntoHouse } from '../../../src/core/house/merge.ts';
import { parseHouse } from '../../../src/core/house/parse.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';
import { createRandom } from '../../helpers/random/random.ts';
import { randomAdditions, randomHouseText } from '../../helpers/random/random-house.ts';
import { rounds } from '../../helpers/random/rounds.ts';

const SENSOR = { label: 'Outside', topic: 'garden/temperature', unit: '°C', range: { min: -20, max: 40 } };
const adding: HouseAdditions = {
  groups: { sensors: { outside: SENSOR } },
  panels: [{ label: 'Garden', items: ['outside'] }],
  tabs: [],
};

function merged(text: string, additions = adding): string {
  const result = mergeIntoHouse(text, 'my-house.json', additions);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe('mergeIntoHouse', () => {
  it('adds behind what is there, and a comment stays behind what it was written behind', () => {
    const text = `// mine
{
  "name": "Home", // the old house
  "sensors": {
    "flow": { "label": "Flow", "topic": "heating/flow", "unit": "°C" } // 1st floor
    /* more to come */
  },
  "panels": [
    { "label": "Garden", "items": ["flow"] } // south
  ]
}
`;
    expect(merged(text)).toBe(`// mine
{
  "name": "Home", // the old house
  "sensors": {
    "flow": { "label": "Flow", "topic": "heating/flow", "unit": "°C" }, // 1st floor
    /* more to come */
    "outside": {
      "label": "Outside",
      "topic": "garden/temperature",
      "unit": "°C",
      "range": { "min": -20, "max": 40 }
    }
  },
  "panels": [
    { "label": "Garden", "items": ["flow", "outside"] } // south
  ]
}
`);
  });

  it('writes as the file is written: tabs, CR LF, and a group that is not there or empty', () => {
    const text =
      '\uFEFF{\r\n\t"name": "H",\r\n\t"sensors": {"a": {"label": "A", "topic": "a", "unit": ""}},\r\n\t"switches": {},\r\n\t"panels": [{"label": "P", "items": ["a"]}]\r\n}';
    const SWITCH = { label: 'Lamp', command: 'l', feedback: 'l/done', on: 'on', off: 'off', key: 'x' };
    const all = merged(text, {
      groups: { switches: { lamp: SWITCH }, clients: { one: { publishes: ['lamp'] } } },
      panels: [{ label: 'Q', items: ['lamp'] }],
      tabs: [],
    });
    expect(all).toContain('"switches": {\r\n\t\t"lamp": { "label": "Lamp", ');
    expect(all).toContain('],\r\n\t"clients": {\r\n\t\t"one": { "publishes": ["lamp"] }\r\n\t}\r\n}');
    expect(all.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(all.startsWith('\uFEFF{')).toBe(true);
  });

  it('refuses what would make the file wrong: a file that is broken, an id that is taken', () => {
    expect(mergeIntoHouse('{', 'x', adding)).toMatchObject({ ok: false });
    const taken = mergeIntoHouse(merged(randomHouseText(createRandom(1))), 'x', adding);
    expect(taken).toMatchObject({ ok: false, error: [{ message: '"outside" stands here a second time' }] });
  });

  it('loses no line of a person’s file, whatever is added: every line is there, in its order, added to at most', () => {
    for (let seed = 1; seed <= rounds(500); seed += 1) {
      const random = createRandom(seed);
      const text = randomHouseText(random);
      const before = read(text);
      const additions = randomAdditions(random, before);
      const after = merged(text, additions);
      expect(lostLine(text, after), `seed ${seed}\n${text}\n${after}`).toBeNull();
      const house = read(after);
      for (const group of ['sensors', 'switches', 'clients'] as const) {
        expect(house[group]).toEqual({ ...before[group], ...additions.groups[group] });
      }
      for (const { label, items } of additions.panels) {
        const panel = house.panels.find(there => there.label === label);
        expect(panel?.items).toEqual(expect.arrayContaining([...items]));
      }
      expect(house.tabs === undefined).toBe(before.tabs === undefined);
      expect(house.panels.slice(0, before.panels.length).map(({ label }) => label)).toEqual(
        before.panels.map(({ label }) => label),
      );
    }
  });
});

function read(text: string): HouseConfig {
  const house = parseHouse(text, 'x');
  if (!house.ok) throw new Error(`${JSON.stringify(house.error)}\n${text}`);
  return house.value;
}

/** The first line of `before` that is not in `after`: as it was, or with something put into it, before its comment. */
function lostLine(before: string, after: string): string | null {
  const lines = after.split(/\r?\n/);
  let next = 0;
  for (const line of before.split(/\r?\n/)) {
    const end = endOf(line, lines, next);
    if (end === null) return line;
    next = end;
  }
  return null;
}

/** Behind which of the lines it ends; what stood on one line may have been broken up by what was put into it. */
function endOf(line: string, lines: readonly string[], from: number): number | null {
  const comment = line.slice(line.includes('// ') ? line.indexOf('// ') : line.length);
  const own = line.slice(0, line.length - comment.length);
  for (let begin = from; begin < lines.length; begin += 1) {
    let found = 0;
    for (let end = begin; end < Math.min(lines.length, begin + 80); end += 1) {
      const grown = lines[end] ?? '';
      for (const character of grown) if (character === own.charAt(found)) found += 1;
      if (end === begin && found === 0 && own !== '') break;
      if (found >= own.length && grown.endsWith(comment)) return end + 1;
    }
  }
  return null;
}
