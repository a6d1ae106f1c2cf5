import { describe, expect, it } from 'vitest';
import { createGraph } from '../../../../src/core/node-red/flow/graph.ts';
import { traceBack } from '../../../../src/core/node-red/trace/trace-back.ts';
import { type ExportedNode, flowNode, mqttIn } from '../../../helpers/house/flow.ts';

type Fields = Readonly<Record<string, unknown>>;

const node = (fields: ExportedNode) => ({ id: String(fields.id), type: String(fields.type), fields });
const SAME = { scale: 1, offset: 0 };

/** What reaches a widget by these nodes; the last one before it is `x`. */
function reaching(nodes: readonly ExportedNode[], keys: readonly string[] = []) {
  const widget = node(flowNode('w', 'ui_gauge'));
  return traceBack(createGraph([widget, ...nodes.map(node)]), widget, keys);
}

const behind = (type: string, fields: Fields, topic = 't', keys: readonly string[] = []) =>
  reaching([mqttIn('m', topic, 'x'), flowNode('x', type, { name: 'n', ...fields }, ['w'])], keys);
const MADE = (type: string) => [`what it gets is made by ${type} "n"`];

describe('where a value comes in', () => {
  it('is a topic of a broker', () => {
    expect(reaching([mqttIn('m', 't', 'w')], ['a'])).toStrictEqual({
      sources: [{ topic: 't', broker: 'broker', keys: ['a'], words: [], isPart: false, line: SAME }],
      obstacles: [],
    });
  });

  it('is each once', () => {
    const other = { ...mqttIn('p', 't', 'w'), broker: 'other' };
    const { sources } = reaching([mqttIn('m', 't', 'w'), mqttIn('n', 't', 'w'), mqttIn('o', 'u', 'w'), other]);
    expect(sources.map(({ topic, broker }) => `${topic} ${broker}`)).toEqual(['t broker', 'u broker', 't other']);
  });

  it.each([
    ['', 'mqtt in m listens to what it is told, and to nothing by itself'],
    ['a/+', 'mqtt in "a/+" listens to a/+, which may be many topics'],
    ['a/#', 'mqtt in "a/#" listens to a/#, which may be many topics'],
    [`\${${'ROOM'}}`, 'its topic is the variable ROOM of the environment, which is not in the export'],
  ])('on "%s" cannot be told', (topic, why) => {
    expect(reaching([mqttIn('m', topic, 'w')])).toStrictEqual({ sources: [], obstacles: [why] });
  });
});

it.each(['junction', 'reroute', 'link in', 'link out', 'delay', 'json', 'rbe'])('a %s changes nothing', type => {
  expect(behind(type, {}).sources).toMatchObject([{ topic: 't', keys: [], isPart: false, line: SAME }]);
});

it.each(['inject', 'catch', 'status', 'complete', 'ui_text', 'ui-text'])('a %s is no source and no obstacle', type => {
  expect(behind(type, {})).toStrictEqual({ sources: [], obstacles: [] });
});

it.each(['function', 'template', 'http in'])('a %s makes it', type => {
  expect(behind(type, {})).toStrictEqual({ sources: [], obstacles: MADE(type) });
});

it('a change node is followed, or is an obstacle', () => {
  const rule = { t: 'set', p: 'payload', pt: 'msg', to: 'payload.a', tot: 'msg' };
  expect(behind('change', { rules: [rule] }).sources).toMatchObject([{ keys: ['a'] }]);
  expect(behind('change', { rules: [{ ...rule, tot: 'str' }] })).toStrictEqual({
    sources: [],
    obstacles: MADE('change'),
  });
});

describe('a switch node', () => {
  const equal = (v: unknown, more: Fields = {}) => ({ t: 'eq', v, vt: 'str', ...more });
  const by = (rules: readonly Fields[], topic = 'a/#') => behind('switch', { property: 'topic', rules }, topic).sources;

  it('lets only a part of the values through', () => {
    expect(behind('switch', { property: 'payload', rules: [equal('t')] }).sources).toMatchObject([{ isPart: true }]);
  });

  it('by a topic makes one of many, and all of it', () => {
    expect(by([equal('a/b')])).toMatchObject([{ topic: 'a/b', isPart: false }]);
    expect(by([{ t: 'eq', v: 'a/b' }])).toMatchObject([{ topic: 'a/b' }]);
  });

  it.each<[string, readonly Fields[]]>([
    ['that is not within the filter', [equal('b')]],
    ['by a pattern', [equal('a/b', { t: 'regex' })]],
    ['by a variable', [equal('a/b', { vt: 'flow' })]],
    ['that is no text', [equal(5)]],
    ['of another output', []],
  ])('by a topic %s does not', (_, rules) => {
    expect(by(rules)).toEqual([]);
  });

  it('before another goes by the last one that the value came through', () => {
    const node1 = (id: string, topic: string, to: string) =>
      flowNode(id, 'switch', { property: 'topic', rules: [equal(topic)] }, [to]);
    const found = reaching([mqttIn('m', 'a/#', 'x'), node1('x', 'a/c', 'y'), node1('y', 'a/b', 'w')]);
    expect(found.sources).toMatchObject([{ topic: 'a/b' }]);
  });
});

describe('a range node', () => {
  const range = { action: 'scale', minin: '0', maxin: '1023', minout: '0', maxout: '3.3' };
  const lineOf = (fields: Fields, keys: readonly string[] = []) => behind('range', { ...range, ...fields }, 't', keys);

  it.each<[Fields, unknown]>([
    [
      { maxin: 10, maxout: 100 },
      { scale: 10, offset: 0 },
    ],
    [
      { minin: 2, maxin: 12, minout: 5, maxout: 25 },
      { scale: 2, offset: 1 },
    ],
    [
      { minin: 0, maxin: 10, minout: 100, maxout: 0 },
      { scale: -10, offset: 100 },
    ],
    [
      { minin: -10, maxin: 10, minout: -4, maxout: 4, round: 'false' },
      { scale: 0.4, offset: 0 },
    ],
    [
      { minin: '', maxin: 10, minout: '', maxout: 20 },
      { scale: 2, offset: 0 },
    ],
    [
      { minin: -10, maxin: '', minout: -20, maxout: '' },
      { scale: 2, offset: 0 },
    ],
  ])('with %o is a line', (fields, line) => {
    expect(lineOf(fields).sources).toMatchObject([{ line }]);
  });

  it.each<[Fields, readonly string[]]>([
    [{ action: 'clamp' }, []],
    [{ action: 'roll' }, []],
    [{ round: true }, []],
    [{ maxin: 0 }, []],
    [{ maxout: 0 }, []],
    [{}, ['a']],
  ])('with %o is none', (fields, keys) => {
    expect(lineOf(fields, keys)).toStrictEqual({ sources: [], obstacles: MADE('range') });
  });

  it('after another makes one line of both', () => {
    const twice = (id: string, to: string) => flowNode(id, 'range', { ...range, maxin: 1, minout: 1, maxout: 3 }, [to]);
    const { sources } = reaching([mqttIn('m', 't', 'x'), twice('x', 'y'), twice('y', 'w')]);
    expect(sources).toMatchObject([{ line: { scale: 4, offset: 3 } }]);
  });
});
