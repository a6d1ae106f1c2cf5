import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mergeIntoHouse, newHouse } from '../../../../src/core/house/merge.ts';
import { parseHouse } from '../../../../src/core/house/parse.ts';
import { presets } from '../../../../src/core/house/presets.ts';
import type { HouseConfig } from '../../../../src/core/house/schema.ts';
import { parseExport } from '../../../../src/core/node-red/flow/parse-export.ts';
import { type ImportedFlow, importFlow } from '../../../../src/core/node-red/import/import-flow.ts';
import { importReport } from '../../../../src/core/node-red/import/report.ts';
import { placeImport } from '../../../../src/core/node-red/import/to-house.ts';
import { DASHBOARD, type ExportedNode, flowNode, gauge, mqttIn, mqttOut, toggle } from '../../../helpers/house/flow.ts';
import { createRandom } from '../../../helpers/random/random.ts';
import { randomHouseText } from '../../../helpers/random/random-house.ts';
import { rounds } from '../../../helpers/random/rounds.ts';

function read(nodes: readonly ExportedNode[], board = DASHBOARD): ImportedFlow {
  const parsed = parseExport(JSON.stringify([...board, ...nodes]));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return importFlow(parsed.value);
}

/** The house that a flow becomes. */
function house(nodes: readonly ExportedNode[]): HouseConfig {
  const text = newHouse(placeImport(read(nodes), null).additions, 'x');
  if (!text.ok) throw new Error(JSON.stringify(text.error));
  return checked(text.value);
}

function checked(text: string): HouseConfig {
  const config = parseHouse(text, 'x');
  if (!config.ok) throw new Error(JSON.stringify(config.error));
  return config.value;
}

/** A field that stands for a variable of the environment. */
const variable = (name: string): string => `\${${name}}`;

/** Why each widget is not taken, by its id. */
const whyNot = (nodes: readonly ExportedNode[]): Readonly<Record<string, string>> =>
  Object.fromEntries(read(nodes).leftOut.map(({ id, why }) => [id, why]));

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/node-red/${name}`, import.meta.url), 'utf8');

describe.each([1, 2])('the dashboard of the article, of dashboard %i', version => {
  const exported = parseExport(fixture(`article-dashboard-${version}.json`));
  const flow = importFlow(exported.ok ? exported.value : []);

  it('is the house of the article: topics, units, ranges, limits, switches and their answers', () => {
    const text = newHouse(placeImport(flow, null).additions, 'x');
    const config = checked(text.ok ? text.value : '');
    const { article } = presets;
    for (const [id, sensor] of Object.entries(config.sensors)) expect(article?.sensors[id]).toMatchObject(sensor);
    // Which switch asks first is nothing that a dashboard knows, and neither is what is a burner.
    const known = Object.entries(article?.switches ?? {}).map(([id, { ask: _, role: __, ...config }]) => [id, config]);
    expect(config.switches).toEqual(Object.fromEntries(known));
    expect(config.tabs).toEqual([
      { label: 'Heating', panels: ['Temperatures', 'Switches'] },
      { label: 'Cellar', panels: ['Climate', 'Air'] },
    ]);
    expect(Object.keys(config.sensors)).toEqual(['flow', 'return', 'temperature', 'humidity']);
  });

  it('keeps tabs and groups in the order that a person gave them, which is not that of the file', () => {
    expect(flow.panels.map(({ tab, label }) => `${tab}/${label}`)).toEqual([
      'Heating/Temperatures',
      'Heating/Switches',
      'Cellar/Climate',
      'Cellar/Air',
    ]);
    expect(flow.leftOut).toEqual([]);
    expect(flow.broker).toMatchObject({ url: 'mqtt://127.0.0.1:1883', protocolVersion: '311', notes: [] });
  });
});

describe('what lies between MQTT and a widget', () => {
  it('is followed through links, junctions, subflows, json and change nodes to the place in the payload', () => {
    const { sensors } = house([
      mqttIn('m', 'tele/plug/SENSOR', 'out'),
      flowNode('out', 'link out', { mode: 'link', links: ['in'] }),
      flowNode('in', 'link in', { links: [] }, ['json']),
      flowNode('json', 'json', { property: 'payload' }, ['use']),
      flowNode('use', 'subflow:sub', { env: [{ name: 'WHAT', type: 'str', value: 'payload.ENERGY' }] }, ['join']),
      { id: 'sub', type: 'subflow', in: [{ wires: [{ id: 'pick' }] }], out: [{ wires: [{ id: 'pick', port: 0 }] }] },
      flowNode('pick', 'change', {
        z: 'sub',
        rules: [{ t: 'set', p: 'payload', pt: 'msg', to: variable('WHAT'), tot: 'msg' }],
      }),
      flowNode('join', 'junction', {}, ['g']),
      gauge('g', 'Power', { label: 'W', format: '{{msg.payload.Power | number:0}} W' }),
    ]);
    expect(sensors).toEqual({
      power: {
        ...{ label: 'Power', topic: 'tele/plug/SENSOR', path: 'ENERGY.Power', unit: 'W', decimals: 0 },
        range: { min: 0, max: 100 },
      },
    });
  });

  it('a value that is made by a function is not taken, and told with the name of the function', () => {
    const nodes = [
      mqttIn('m', 'meter/total', 'f', 'g2'),
      flowNode('f', 'function', { name: 'to kW', func: 'return msg' }, ['g1']),
      gauge('g1', 'Power'),
      gauge('g2', 'Total'),
    ];
    expect(whyNot(nodes)).toEqual({ g1: 'what it gets is made by function "to kW"' });
    expect(house(nodes).sensors).toMatchObject({ total: { topic: 'meter/total' } });
  });

  it('wires in a ring end, and a flow without MQTT has nothing', () => {
    const ring = [
      flowNode('a', 'junction', {}, ['b']),
      flowNode('b', 'change', { rules: [{ t: 'set', p: 'payload', pt: 'msg', to: 'payload.x', tot: 'msg' }] }, [
        'a',
        'g',
      ]),
      flowNode('s', 'inject', {}, ['a']),
      gauge('g', 'Ring'),
    ];
    expect(whyNot(ring)).toEqual({ g: 'no topic of MQTT is wired to it' });
    expect(read(ring).broker).toBeNull();
  });

  it('a filter is many topics, unless a rule lets one of them through', () => {
    const nodes = [
      mqttIn('m', 'heating/#', 'by', 'g2'),
      flowNode(
        'by',
        'switch',
        { property: 'topic', rules: [{ t: 'eq', v: 'heating/flow', vt: 'str' }, { t: 'else' }] },
        ['g1'],
        [],
      ),
      gauge('g1', 'Flow'),
      gauge('g2', 'All'),
    ];
    expect(house(nodes).sensors).toMatchObject({ flow: { topic: 'heating/flow' } });
    expect(whyNot(nodes)).toEqual({ g2: 'mqtt in "heating/#" listens to heating/#, which may be many topics' });
  });

  it('what is switched off, hidden, of another kind or on another broker is told', () => {
    const nodes = [
      mqttIn('m', 'a', 'off', 'g', 'template', 'homeless'),
      gauge('g', 'A'),
      gauge('off', 'Off', { d: true }),
      gauge('homeless', 'Nowhere', { group: 'gone' }),
      flowNode('template', 'ui_template', { group: 'group', name: 'Own HTML' }),
      { ...mqttIn('n', 'b', 'h'), broker: 'other' },
      gauge('h', 'B'),
    ];
    expect(whyNot(nodes)).toEqual({
      off: 'it is switched off in Node-RED',
      homeless: 'its group is not in the export',
      template: 'hometui has nothing like it',
      h: 'it is on another broker than most',
    });
  });

  it('subflows that hold each other, and chains of a thousand nodes, end', () => {
    const sub = (id: string, other: string) => [
      { id, type: 'subflow', in: [{ wires: [{ id: `${id}-1` }] }], out: [{ wires: [{ id: `${id}-1`, port: 0 }] }] },
      ...[1, 2, 3, 4, 5, 6].map(n => flowNode(`${id}-${n}`, `subflow:${other}`, { z: id }, [])),
    ];
    const flow = read([
      ...sub('one', 'two'),
      ...sub('two', 'one'),
      flowNode('use', 'subflow:one', {}, ['g']),
      gauge('g', 'G'),
    ]);
    expect(flow.isCut).toBe(true);
    const chain = Array.from({ length: 1_000 }, (_, n) =>
      flowNode(`c${n}`, 'junction', {}, [n === 999 ? 'g' : `c${n + 1}`]),
    );
    expect(whyNot([mqttIn('m', 'far', 'c0'), ...chain, gauge('g', 'Far')])).toEqual({
      g: 'the way between it and MQTT is too long to be followed',
    });
  });
});

describe('switches', () => {
  const changeTo = (id: string, from: string, to: string, ...out: string[]) =>
    flowNode(
      id,
      'change',
      { rules: [{ t: 'change', p: 'payload', pt: 'msg', from, fromt: 'str', to, tot: 'bool' }] },
      out,
    );

  it('send what comes out at the end of the wires, and understand what comes in', () => {
    const { switches } = house([
      toggle('s', 'Lamp', { onvalue: 'true', onvalueType: 'bool', offvalue: 'false', offvalueType: 'bool' }, 'words'),
      flowNode(
        'words',
        'change',
        { rules: [{ t: 'set', p: 'payload', pt: 'msg', to: 'payload ? "EIN" : "AUS"', tot: 'jsonata' }] },
        ['o'],
      ),
      mqttOut('o', 'lamp/set', { retain: 'true' }),
      mqttIn('m', 'lamp/state', 'in1'),
      changeTo('in1', 'leuchtet', 'true', 'in2'),
      changeTo('in2', 'dunkel', 'false', 's'),
    ]);
    expect(switches).toEqual({
      lamp: {
        label: 'Lamp',
        command: 'lamp/set',
        feedback: 'lamp/state',
        on: 'EIN',
        off: 'AUS',
        answers: { on: ['leuchtet'], off: ['dunkel'] },
        key: 'm',
      },
    });
  });

  it('take their own topic where the output has none, and tell of what is dangerous', () => {
    const nodes = [
      toggle('s', 'Pump', { topic: 'pump/set', passthru: true }, 'o'),
      mqttOut('o', '', { retain: 'true' }),
      mqttIn('m', 'pump/done', 's'),
    ];
    expect(house(nodes).switches).toMatchObject({ pump: { command: 'pump/set', feedback: 'pump/done' } });
    const report = importReport('flows.json', read(nodes), placeImport(read(nodes), null));
    expect(report).toContain('Pump: its command is retained in Node-RED');
    expect(report).toContain('Pump: Node-RED sends each answer on as a command: turn "pass through" off there');
  });

  it('are not taken where a function makes the command, or on and off go apart', () => {
    const nodes = [
      toggle('s', 'One', {}, 'f'),
      flowNode('f', 'function', { name: 'guard' }, ['o']),
      mqttOut('o', 'one'),
      mqttIn('m', 'x', 's2', 's'),
      toggle('s2', 'Two', {}, 'by'),
      flowNode(
        'by',
        'switch',
        { property: 'payload', rules: [{ t: 'eq', v: 'on', vt: 'str' }, { t: 'else' }] },
        ['a'],
        ['b'],
      ),
      mqttOut('a', 'two/on'),
      mqttOut('b', 'two/off'),
    ];
    expect(whyNot(nodes)).toEqual({
      s: 'what it sends goes through function "guard"',
      s2: 'on goes to two/on, and off to two/off',
    });
  });
});

it('a person’s file keeps each of its lines, and what it has already is not doubled: 500 imports', () => {
  const exported = parseExport(fixture('article-dashboard-2.json'));
  const flow = importFlow(exported.ok ? exported.value : []);
  for (let seed = 1; seed <= rounds(500); seed += 1) {
    const random = createRandom(seed);
    // One of the person's sensors may be one of the export's.
    const text = randomHouseText(random).replace(
      'own/own0',
      random.pick(['own/own0', 'heating/flow', 'cellar/humidity']),
    );
    const { additions } = placeImport(flow, checked(text));
    const once = mergeIntoHouse(text, 'x', additions);
    if (!once.ok) throw new Error(`seed ${seed}: ${JSON.stringify(once.error)}`);
    for (const line of text.split(/\r?\n/)) {
      const comment = line.slice(line.includes('// ') ? line.indexOf('// ') : line.length);
      if (comment !== '') expect(once.value, `seed ${seed}`).toContain(comment);
    }
    const topics = Object.values(checked(once.value).sensors).map(({ topic }) => topic);
    expect(new Set(topics).size, `seed ${seed}`).toBe(topics.length);
    const again = placeImport(flow, checked(once.value)).additions;
    expect(again).toEqual({ groups: {}, panels: [], tabs: [] });
  }
});
