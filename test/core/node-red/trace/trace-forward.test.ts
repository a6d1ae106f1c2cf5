import { describe, expect, it } from 'vitest';
import { createGraph } from '../../../../src/core/node-red/flow/graph.ts';
import { traceForward } from '../../../../src/core/node-red/trace/trace-forward.ts';
import { type ExportedNode, flowNode, mqttOut } from '../../../helpers/house/flow.ts';

type Fields = Readonly<Record<string, unknown>>;

const node = (fields: ExportedNode) => ({ id: String(fields.id), type: String(fields.type), fields });

/** What comes of a message that a widget sends through these nodes. */
function sent(nodes: readonly ExportedNode[], payload: unknown = 'on', topic: string | null = null) {
  const widget = node(flowNode('w', 'ui_button', {}, ['x']));
  return traceForward(createGraph([widget, ...nodes.map(node)]), widget, { payload, topic });
}

/** What is published where it goes through a node of this type, or what stands in the way. */
function through(
  type: string,
  fields: Fields,
  payload: unknown = 'on',
  topic: string | null = null,
): readonly unknown[] {
  const { published, obstacles } = sent(
    [flowNode('x', type, { name: 'n', ...fields }, ['o']), mqttOut('o', 'c')],
    payload,
    topic,
  );
  return [...published.map(one => one.payload), ...obstacles];
}

describe('what is published', () => {
  it('has its topic, payload, broker, and whether it is kept', () => {
    expect(sent([mqttOut('x', 'c')])).toStrictEqual({
      ...{ published: [{ topic: 'c', payload: 'on', broker: 'broker', isRetained: false }], obstacles: [] },
    });
    expect(sent([mqttOut('x', 'c', { retain: 'true' })]).published).toMatchObject([{ isRetained: true }]);
  });

  it.each([
    ['on', 'on'],
    [5, '5'],
    [true, 'true'],
    [null, 'null'],
    [{ a: [1] }, '{"a":[1]}'],
  ])('of %o is %s', (payload, text) => {
    expect(sent([mqttOut('x', 'c')], payload).published).toMatchObject([{ payload: text }]);
  });

  it('goes to the topic of the message, where the node has none', () => {
    expect(sent([mqttOut('x', '')], 'on', 'own').published).toMatchObject([{ topic: 'own' }]);
    expect(sent([mqttOut('x', 'c')], 'on', 'own').published).toMatchObject([{ topic: 'c' }]);
    for (const topic of [null, ''])
      expect(sent([mqttOut('x', '')], 'on', topic)).toStrictEqual({
        ...{ published: [], obstacles: ['mqtt out x has no topic, and neither has what is sent'] },
      });
  });

  it('to a variable cannot be told', () => {
    const topic = `\${${'ROOM'}}`;
    const why = 'its topic is the variable ROOM of the environment, which is not in the export';
    expect(sent([mqttOut('x', topic)])).toStrictEqual({ published: [], obstacles: [why] });
  });

  it('in several places is each of them, once', () => {
    const nodes = [
      flowNode('x', 'junction', {}, ['a', 'b', 'c', 'd']),
      ...[mqttOut('a', 'c'), mqttOut('b', 'c'), mqttOut('c', 'e'), mqttOut('d', 'c', { broker: 'other' })],
    ];
    expect(sent(nodes).published.map(({ topic, broker }) => `${topic} ${broker}`)).toEqual([
      'c broker',
      'e broker',
      'c other',
    ]);
  });
});

it.each(['junction', 'reroute', 'link in', 'link out', 'delay', 'rbe'])('goes through a %s as it is', type => {
  expect(through(type, {})).toEqual(['on']);
});

it.each<[string, readonly string[]]>([
  ['debug', []],
  ['ui_text', []],
  ['ui-text', []],
  ['function', ['what it sends goes through function "n"']],
])('ends at a %s', (type, obstacles) => {
  expect(through(type, {})).toEqual(obstacles);
});

it('a change node that cannot be followed is told', () => {
  expect(through('change', { rules: [{ t: 'delete', p: 'payload', pt: 'msg' }] })).toEqual([
    'what it sends is made by change "n"',
  ]);
  expect(through('change', { rules: [] })).toEqual(['on']);
});

describe('a template', () => {
  it.each<[Fields, unknown, string]>([
    [{ template: '{"t":{{payload}}}' }, 5, '{"t":5}'],
    [{ template: '{{ payload }}/{{msg.payload}}' }, 5, '5/5'],
    [{ template: '{{{payload}}}{{{ msg.payload }}}' }, 'a"b', 'a"ba"b'],
    [{ template: '{{payload}}' }, '$&amp'.slice(0, 1), '$'],
    [{ template: '{{payload}}', syntax: 'plain' }, 5, '{{payload}}'],
    [{ template: 'x{{y', syntax: 'plain' }, 5, 'x{{y'],
    [{ template: 'off', field: 'payload', fieldType: 'msg' }, true, 'off'],
  ])('%o makes of %o', (fields, payload, text) => {
    expect(through('template', fields, payload)).toEqual([text]);
  });

  it.each<[Fields, unknown]>([
    [{ template: '{{payload}}' }, 'a"b'],
    [{ template: '{{payload}}' }, 'a/b'],
    [{ template: '{{payload}} {{topic}}' }, 5],
    [{ template: '{{payload.a}}' }, { a: 5 }],
    [{ template: 'x', field: 'topic' }, 5],
    [{ template: 'x', fieldType: 'flow' }, 5],
  ])('%o makes of %o what cannot be told', (fields, payload) => {
    expect(through('template', fields, payload)).toEqual(['what it sends is made by template "n"']);
  });
});

describe('a json node', () => {
  it.each<[string, unknown, string]>([
    ['', { a: 1 }, '{"a":1}'],
    ['str', { a: 1 }, '{"a":1}'],
    ['', true, 'true'],
    ['obj', '{"a": 1}', '{"a":1}'],
    ['', '{"a": 1}', '{"a":1}'],
    ['str', '{"a": 1}', '{"a": 1}'],
    ['obj', 'on', 'on'],
  ])('that does "%s" makes of %o', (action, payload, text) => {
    expect(through('json', { action }, payload)).toEqual([text]);
  });

  it('leaves what is an object already', () => {
    const nodes = [
      flowNode('x', 'json', { action: 'obj' }, ['y']),
      flowNode('y', 'template', { template: 't' }, ['o']),
      mqttOut('o', 'c'),
    ];
    expect(sent(nodes, { a: 1 }).obstacles).toEqual(['what it sends is made by template y']);
    expect(sent(nodes, '{"a":1}').obstacles).toEqual(['what it sends is made by template y']);
    expect(sent(nodes, 'x').published).toMatchObject([{ payload: 't' }]);
  });
});

describe('a switch node', () => {
  /** By which of its outputs a message leaves. */
  const outputs = (fields: Fields, payload: unknown = 'on', topic: string | null = 't'): readonly string[] => {
    const ids = ['0', '1', '2'];
    const by = flowNode('x', 'switch', { name: 'n', property: 'payload', ...fields }, ...ids.map(id => [id]));
    const { published, obstacles } = sent([by, ...ids.map(id => mqttOut(id, id))], payload, topic);
    return [...published.map(one => one.topic), ...obstacles];
  };
  const OBSTACLE = 'what it sends goes through switch "n"';

  it.each<[Fields, unknown, boolean]>([
    [{ t: 'eq', v: 'on', vt: 'str' }, 'on', true],
    [{ t: 'eq', v: 'on', vt: 'str' }, 'off', false],
    [{ t: 'eq', v: 'on' }, 'on', true],
    [{ t: 'eq', v: 5, vt: 'num' }, '5', true],
    [{ t: 'eq', v: 'true', vt: 'bool' }, true, true],
    [{ t: 'neq', v: 'on', vt: 'str' }, 'on', false],
    [{ t: 'neq', v: 'on', vt: 'str' }, 'off', true],
    [{ t: 'true' }, true, true],
    [{ t: 'true' }, 'true', false],
    [{ t: 'false' }, false, true],
    [{ t: 'false' }, true, false],
    [{ t: 'else' }, 'on', true],
  ])('with %o lets %o through: %s', (rule, payload, isMet) => {
    expect(outputs({ rules: [rule] }, payload)).toEqual(isMet ? ['0'] : []);
  });

  it.each<Fields>([
    { t: 'gt', v: 5, vt: 'num' },
    { t: 'eq', v: 'x', vt: 'flow' },
    { t: 'neq', v: 'x', vt: 'msg' },
  ])('with %o cannot be followed', rule => {
    expect(outputs({ rules: [rule] })).toEqual([OBSTACLE]);
  });

  it('goes by the topic too, and by nothing else', () => {
    expect(outputs({ property: 'topic', rules: [{ t: 'eq', v: 't' }] })).toEqual(['0']);
    expect(outputs({ property: 'topic', rules: [{ t: 'eq', v: 'on' }] })).toEqual([]);
    expect(outputs({ property: 'qos', rules: [{ t: 'eq', v: 't' }] })).toEqual([OBSTACLE]);
  });

  it('takes each output that fits, or the first, and the last where none does', () => {
    const rules = [{ t: 'eq', v: 'on' }, { t: 'neq', v: 'off' }, { t: 'else' }];
    expect(outputs({ rules })).toEqual(['0', '1']);
    expect(outputs({ rules, checkall: 'true' })).toEqual(['0', '1']);
    expect(outputs({ rules, checkall: 'false' })).toEqual(['0']);
    expect(outputs({ rules }, 'off')).toEqual(['2']);
    expect(outputs({ rules, checkall: 'false' }, 'x')).toEqual(['1']);
  });
});
