import { describe, expect, it } from 'vitest';
import { type Discovery, discover } from '../../../../src/core/discover/discover.ts';
import { additionsOf, newProposals } from '../../../../src/core/discover/house/additions.ts';
import { readFacts } from '../../../../src/core/discover/house/facts.ts';
import { createLogCollector } from '../../../../src/core/discover/log-facts.ts';
import type { Seen } from '../../../../src/core/discover/observer.ts';
import type { Proposal } from '../../../../src/core/discover/proposal.ts';
import { mergeIntoHouse, newHouse } from '../../../../src/core/house/merge.ts';
import { parseHouse } from '../../../../src/core/house/parse.ts';
import type { HouseConfig } from '../../../../src/core/house/schema.ts';
import { hear, readRecorded } from '../../../helpers/discover/recorded.ts';
import { createRandom, type Random } from '../../../helpers/random/random.ts';
import { rounds } from '../../../helpers/random/rounds.ts';

const noLog = createLogCollector('us').facts();
const FILE = 'my-house.json';

/** What a person wrote, with comments where people have them. */
const THEIRS = `// The house in the wood.
{
  "name": "Wood", /* ours */
  "cadence": 5, // seconds
  "sensors": {
    // upstairs
    "supply": { "label": "Supply", "topic": "heating/flow", "unit": "°C" }, // the hot one
    "damp": {
      "label": "Damp", "topic": "cellar/humidity", "unit": "%" // by the wall
      /* no limits yet */
    } // the last
    // more to come
  },
  "switches": { "circ": { "label": "Circulator", "command": "heating/pump", "feedback": "heating/pump/done", "on": "on", "off": "off", "key": "x" } },
  "clients": {
    "heating": { "publishes": ["supply", "circ"] } // in the boiler room
  },
  "panels": [
    { "label": "Boiler room", "items": ["supply", /* pump */ "circ"] }, { "label": "Below", "items": ["damp"] }
    // no attic
  ]
}
`;

interface Found {
  readonly seen: Seen;
  readonly discovery: Discovery;
}

function found(...names: readonly string[]): Found {
  const seen = hear({ messages: names.flatMap(name => readRecorded(name).messages) });
  return { seen, discovery: discover(seen, noLog) };
}

const plain = (): Found => found('plain');

const factsOf = (text: string | null) => readFacts(text === null ? null : house(text));

function merge(text: string | null, taken: readonly Proposal[], { seen, discovery }: Found = plain()): string {
  const additions = additionsOf({ taken, discovery, seen }, factsOf(text));
  const merged = text === null ? newHouse(additions, FILE) : mergeIntoHouse(text, FILE, additions);
  if (!merged.ok) throw new Error(JSON.stringify(merged.error));
  return merged.value;
}

function fresh(text: string | null, { discovery }: Found = plain()): readonly Proposal[] {
  return newProposals(discovery, factsOf(text));
}

function house(text: string): HouseConfig {
  const parsed = parseHouse(text, FILE);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}

const isOld = ({ found: { kind } }: Proposal): boolean => kind === 'sensor' || kind === 'switch';

describe('a new house file', () => {
  const newText = (): string => merge(null, fresh(null).filter(isOld));

  it('has each item once, with its evidence above it, and is right', () => {
    const text = newText();
    const { sensors, switches, clients, panels } = house(text);
    expect([Object.keys(sensors).length, Object.keys(switches).length]).toEqual([8, 5]);
    expect(Object.keys(clients)).toContain('heating');
    expect(panels.map(({ label }) => label)).toContain('Cellar');
    expect(text).toContain('    // °C is supposed: "flow" stands beside "return", as in a heating;');
    expect(new Set(Object.values(switches).map(({ key }) => key)).size).toBe(5);
  });

  it('has nothing left to propose when the same is heard again', () => {
    expect(fresh(newText()).filter(isOld)).toEqual([]);
  });
});

describe('what a person wrote', () => {
  it('is not proposed again, under whatever name it stands there', () => {
    const topics = fresh(THEIRS).map(({ found: item }) => ('command' in item ? item.command : item.topic));
    for (const known of ['heating/flow', 'cellar/humidity', 'heating/pump']) expect(topics).not.toContain(known);
    expect(topics).toContain('heating/return');
  });

  it('stays as it is, and new items join its clients and panels', () => {
    const text = merge(THEIRS, fresh(THEIRS).filter(isOld));
    expect(linesLost(THEIRS, text)).toEqual([]);
    const { sensors, clients, panels, switches } = house(text);
    expect(sensors.supply).toEqual({ label: 'Supply', topic: 'heating/flow', unit: '°C' });
    expect(clients.heating?.publishes).toEqual(['supply', 'circ', 'return', 'burner']);
    expect(panels[0]?.items).toEqual(['supply', 'circ', 'return', 'burner']);
    expect(switches.circ?.key).toBe('x');
    expect(text).toContain('}, // the last\n    // more to come\n');
  });

  it('with a comment behind the last member, the comment stays behind that', () => {
    const text = merge(THEIRS, fresh(THEIRS).filter(isOld));
    expect(text).toContain('"heating": { "publishes": ["supply", "circ", "return", "burner"] }, // in the boiler room');
  });
});

/**
 * The lines of a person's file that are not there any more as they were: what was put in may stand within one and, where
 * its last brackets close a group, before these.
 */
function linesLost(before: string, after: string): readonly string[] {
  const lines = after.split('\n');
  let at = 0;
  return before.split('\n').filter(line => {
    const words = line.replace(/[\s\]},]+$/, '');
    const place = lines.findIndex((other, index) => index >= at && isWithin(words, other));
    if (place < 0) return true;
    // Lines of nothing but brackets may stand anywhere behind.
    at = words === '' ? at : place;
    return false;
  });
}

/** Whether a text stands in another, in its order, with whatever between. */
function isWithin(text: string, other: string): boolean {
  let at = 0;
  for (const character of other) if (character === text[at]) at++;
  return at >= text.length;
}

/** A person's house file: items of theirs and of the broker, comments and blanks anywhere, in one of many manners. */
function randomFile(random: Random, discovery: Discovery): string {
  const step = random.pick(['  ', '    ', '\t']);
  const eol = random.pick(['\n', '\n', '\r\n']);
  const note = (): string =>
    random.chance(0.3) ? ` // ${random.pick(['mine', 'the "old" one', '{ not, this ]', 'bis 2027'])}` : '';
  const block = (): string => (random.chance(0.2) ? ' /* "x": { */ ' : ' ');
  const own = discovery.proposals.filter(({ found: { kind } }) => kind === 'sensor' && random.chance(0.2));
  const sensors = [
    ...own.map(({ found: item }, place) => [
      `s${place}`,
      'topic' in item ? item.topic : '',
      'path' in item ? item.path : undefined,
    ]),
    ...Array.from({ length: 1 + random.below(3) }, (_, place) => [`own${place}`, `own/${place}`, undefined]),
  ] as const;
  const ids = sensors.map(([id]) => String(id));
  const sensorText = sensors.map(([id, topic, path], place) => {
    const comma = place < sensors.length - 1 ? ',' : '';
    const at = path === undefined ? '' : ` "path": ${JSON.stringify(path)},`;
    const isLong = random.chance(0.4);
    const [open, close] = isLong ? [`{${eol}${step.repeat(3)}`, `${eol}${step.repeat(2)}}`] : ['{ ', ' }'];
    const body = `"label": ${JSON.stringify(`Label ${id}`)},${block()}"topic": ${JSON.stringify(topic)},${at} "unit": ""`;
    return `${step.repeat(2)}"${id}":${block()}${open}${body}${close}${comma}${note()}${eol}`;
  });
  const list = ids.map(id => JSON.stringify(id)).join(`,${block()}`);
  const box = `${step.repeat(2)}"box":${block()}{ "publishes": [${list}] }${note()}${eol}`;
  const clients = random.chance(0.6) ? `${step}"clients": {${note()}${eol}${box}${step}},${note()}${eol}` : '';
  const tail = random.chance(0.5) ? `${step}// the end${eol}` : '';
  return [
    random.chance(0.3) ? `// a house${eol}` : '',
    `{${note()}${eol}${step}"name": "Theirs",${note()}${eol}`,
    `${step}"sensors": {${note()}${eol}${sensorText.join('')}${step}},${note()}${eol}${clients}`,
    `${step}"panels": [${note()}${eol}${step.repeat(2)}{ "label": "All", "items": [${list}]${block()}}${note()}${eol}`,
    `${step}]${note()}${eol}${tail}}${random.pick(['', eol])}`,
  ].join('');
}

it('no line of a person is lost in 500 merges, and each result is right and proposes nothing twice', () => {
  const everything = found('plain', 'home-assistant', 'zigbee2mqtt', 'tasmota', 'homie', 'esphome', 'shelly');
  for (let seed = 1; seed <= rounds(500); seed++) {
    const random = createRandom(seed);
    const before = randomFile(random, everything.discovery);
    const theirs = house(before);
    const taken = fresh(before, everything).filter(one => isOld(one) && random.chance(0.3));
    const after = merge(before, taken, everything);
    expect(isWithin(before, after), `seed ${seed}`).toBe(true);
    expect(linesLost(before, after), `seed ${seed}:\n${before}\n${after}`).toEqual([]);
    const merged = house(after);
    expect(merged.sensors, `seed ${seed}`).toMatchObject(theirs.sensors);
    expect(merged.panels[0]?.items.slice(0, theirs.panels[0]?.items.length)).toEqual(theirs.panels[0]?.items);
    const left = fresh(after, everything);
    for (const one of taken) expect(left, `seed ${seed}`).not.toContain(one);
  }
}, 60_000);
