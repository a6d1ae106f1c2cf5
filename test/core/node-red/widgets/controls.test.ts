import { describe, expect, it } from 'vitest';
import { parseExport } from '../../../../src/core/node-red/flow/parse-export.ts';
import { importFlow } from '../../../../src/core/node-red/import/import-flow.ts';
import { DASHBOARD, type ExportedNode, flowNode, mqttIn, mqttOut, toggle } from '../../../helpers/house/flow.ts';

type Fields = Readonly<Record<string, unknown>>;

function read(nodes: readonly ExportedNode[]) {
  const parsed = parseExport(JSON.stringify([...DASHBOARD, ...nodes]));
  if (!parsed.ok) throw new Error(parsed.error.message);
  const { items, leftOut } = importFlow(parsed.value);
  return { items: [...items.values()], whys: leftOut.map(({ why }) => why) };
}

/** A widget whose messages are published on `c`. */
const widget = (type: string, fields: Fields, ...more: readonly ExportedNode[]) =>
  read([flowNode('w', type, { group: 'group', label: 'Level', ...fields }, ['o']), mqttOut('o', 'c'), ...more]);
const answer = mqttIn('m', 'f', 'w');
const UNANSWERED = 'no answer of the device is wired to it: hometui can never confirm it';

describe('a switch', () => {
  const lamp = (fields: Fields, ...more: readonly ExportedNode[]) =>
    read([toggle('w', 'W', fields, 'o'), mqttOut('o', 'c'), ...more]);

  it('commands and answers', () => {
    expect(lamp({}, answer).items).toStrictEqual([
      {
        ...{ group: 'switches', sameAs: '["command","c",""]', label: 'W', broker: 'broker', rank: 6, notes: [] },
        fields: { command: 'c', feedback: 'f', on: 'on', off: 'off' },
      },
    ]);
  });

  it.each<[Fields, Fields]>([
    [
      { onvalue: '1', onvalueType: 'num', offvalue: '0', offvalueType: 'num' },
      { on: '1', off: '0' },
    ],
    [
      { onvalue: true, onvalueType: 'bool', offvalue: false, offvalueType: 'bool' },
      { on: 'true', off: 'false' },
    ],
    [
      { onvalueType: '', offvalueType: '' },
      { on: 'on', off: 'off' },
    ],
    [
      { onvalue: '{"a":1}', onvalueType: 'json' },
      { on: '{"a":1}', off: 'off' },
    ],
  ])('with %o sends that', (fields, words) => {
    expect(lamp(fields).items).toMatchObject([{ fields: { command: 'c', ...words }, notes: [UNANSWERED] }]);
  });

  it('is told which words its device answers in, where they are others', () => {
    const words = { onvalue: 'EIN', offvalue: 'AUS' };
    expect(lamp(words, answer).items[0]?.fields).toStrictEqual({ command: 'c', feedback: 'f', on: 'EIN', off: 'AUS' });
    const change = flowNode(
      'x',
      'change',
      { rules: [{ t: 'set', p: 'payload', pt: 'msg', to: 'payload = "yes" ? "X" : "Y"', tot: 'jsonata' }] },
      ['o'],
    );
    const sent = read([toggle('w', 'W', { onvalue: 'yes', offvalue: 'no' }, 'x'), change, mqttOut('o', 'c'), answer]);
    expect(sent.items[0]?.fields).toStrictEqual({
      ...{ command: 'c', feedback: 'f', on: 'X', off: 'Y' },
      answers: { on: ['yes'], off: ['no'] },
    });
  });

  it.each<[Fields, string]>([
    [{ onvalueType: 'date' }, 'what it sends is known to the running flow alone'],
    [{ offvalueType: 'date' }, 'what it sends is known to the running flow alone'],
    [{ offvalue: 'on' }, 'it sends the same for on and off'],
  ])('with %o is none', (fields, why) => {
    expect(lamp(fields)).toEqual({ items: [], whys: [why] });
  });

  it.each([
    ['on', 'off'],
    ['off', 'on'],
  ])('whose command for %s is made empty is none', from => {
    const change = flowNode(
      'x',
      'change',
      { rules: [{ t: 'change', p: 'payload', pt: 'msg', from, fromt: 'str', to: '', tot: 'str' }] },
      ['o'],
    );
    expect(read([toggle('w', 'W', {}, 'x'), change, mqttOut('o', 'c')]).whys).toEqual([
      'one of its two commands is empty',
    ]);
  });

  it('that is wired to nothing says that', () => {
    expect(read([toggle('w', 'W', {})]).whys).toEqual(['nothing that it sends is published by MQTT']);
    expect(read([toggle('w', 'W', { topic: 'c', topicType: 'msg' }, 'o'), mqttOut('o', '')]).whys).toEqual([
      'mqtt out o has no topic, and neither has what is sent',
    ]);
    expect(read([toggle('w', 'W', { topic: 'c', topicType: '' }, 'o'), mqttOut('o', '')]).items).toMatchObject([
      { fields: { command: 'c' } },
    ]);
  });

  it.each<[string, Fields, boolean]>([
    ['ui_switch', { passthru: true }, true],
    ['ui_switch', { passthru: false }, false],
    ['ui_switch', { passthru: undefined }, true],
    ['ui-switch', { passthru: undefined }, false],
  ])('%s with %o sends answers on: %s', (type, fields, isLoop) => {
    const note = 'Node-RED sends each answer on as a command: turn "pass through" off there';
    const node = { ...toggle('w', 'W', fields, 'o'), type };
    const board = [{ id: 'group', type: 'ui-group', name: 'R', page: 'tab' }];
    expect(read([...board, node, mqttOut('o', 'c'), answer]).items[0]?.notes).toEqual(isLoop ? [note] : []);
    expect(read([...board, node, mqttOut('o', 'c')]).items[0]?.notes).toEqual([UNANSWERED]);
  });

  it('whose command is retained says so', () => {
    const kept = read([toggle('w', 'W', {}, 'o'), mqttOut('o', 'c', { retain: 'true' }), answer]);
    expect(kept.items[0]?.notes).toEqual([
      'its command is retained in Node-RED, so that the broker repeats it later; hometui sends it once',
    ]);
  });
});

describe('a number', () => {
  it.each<[string, Fields, Fields]>([
    ['ui_slider', { min: 5, max: 30 }, { unit: '', min: 5, max: 30 }],
    ['ui_numeric', {}, { unit: '', min: 0, max: 10 }],
    ['ui-slider', { min: 0, max: 1, step: 0.1 }, { unit: '', min: 0, max: 1, step: 0.1 }],
    ['ui-number-input', { step: 1 }, { unit: '', min: 0, max: 10 }],
    ['ui_slider', { step: 0 }, { unit: '', min: 0, max: 10 }],
    ['ui_numeric', { format: '{{value}} °C' }, { unit: '°C', min: 0, max: 10 }],
    ['ui_numeric', { label: 'Target [°C]' }, { unit: '°C', min: 0, max: 10 }],
    ['ui_numeric', { format: '{{value}} W', label: 'Target [°C]' }, { unit: 'W', min: 0, max: 10 }],
  ])('%s with %o', (type, fields, expected) => {
    expect(widget(type, fields, answer).items[0]?.fields).toStrictEqual({ command: 'c', feedback: 'f', ...expected });
  });

  it.each([
    ['Target [°C]', 'Target'],
    ['Target (W)', 'Target'],
    ['Target', 'Target'],
    ['Target (now)', 'Target (now)'],
    ['(a) Target [°C]', '(a) Target'],
    ['', 'Name'],
  ])('with the label "%s" is called %s', (label, expected) => {
    expect(widget('ui_slider', { label, name: 'Name' }).items).toMatchObject([{ group: 'numbers', label: expected }]);
  });

  const template = (text: string) =>
    read([
      flowNode('w', 'ui_slider', { group: 'group', label: 'W' }, ['t']),
      ...[flowNode('t', 'template', { template: text }, ['o']), mqttOut('o', 'c')],
    ]);

  it.each([
    ['{"t":{{payload}}}', '{"t":%s}'],
    ['{{payload}} %', '%s %%'],
    ['100% {{payload}}', '100%% %s'],
  ])('in the template %s is sent as %s', (text, expected) => {
    expect(template(text).items).toMatchObject([{ fields: { template: expected } }]);
  });

  it.each(['on', '{{payload}} {{payload}}'])('in the template %s is none', text => {
    const sent = text.replaceAll('{{payload}}', '90817.25');
    expect(template(text).whys).toEqual([`what it sends does not hold its number: ${sent}`]);
  });

  it.each<[Fields, string]>([
    [{ min: 10, max: 10 }, 'its range is 10 to 10'],
    [{ min: 20 }, 'its range is 20 to 10'],
  ])('with %o is none', (fields, why) => {
    expect(widget('ui_slider', fields)).toEqual({ items: [], whys: [why] });
  });

  it('that is published nowhere is none', () => {
    expect(read([flowNode('w', 'ui_slider', { group: 'group' }, [])]).whys).toEqual([
      'nothing that it sends is published by MQTT',
    ]);
  });
});

describe('a selection', () => {
  const options = (...given: readonly Fields[]) => ({ options: given });

  it.each(['ui_dropdown', 'ui-dropdown', 'ui-radio-group', 'ui-button-group', 'ui_multistate_switch'])('%s', type => {
    const fields = options(
      { label: 'Day', value: 'd' },
      { label: '', value: 'night', type: 'str' },
      { label: 'day', value: 1 },
    );
    expect(widget(type.replace('ui_multistate_switch', 'ui_multistate-switch'), fields, answer).items).toStrictEqual([
      {
        ...{ group: 'selects', sameAs: '["command","c",""]', label: 'Level', broker: 'broker', rank: 6 },
        fields: { command: 'c', feedback: 'f', options: ['Day', 'night', 'day'], payloads: { Day: 'd', day: '1' } },
        notes: type.startsWith('ui_')
          ? ['Node-RED sends each answer on as a command: turn "pass through" off there']
          : [],
      },
    ]);
  });

  it('has each option once, and none that is empty', () => {
    const fields = options(
      { label: 'A', value: 'a' },
      { label: 'A', value: 'b' },
      { label: '', value: '' },
      { label: 'B', value: '' },
    );
    expect(widget('ui_dropdown', fields).items[0]?.fields).toMatchObject({ options: ['A'], payloads: { A: 'a' } });
    const same = options({ value: 'a' }, { value: '2', valueType: 'num' });
    expect(widget('ui_dropdown', same).items[0]?.fields).toStrictEqual({ command: 'c', options: ['a', '2'] });
  });

  it.each<[Fields, string]>([
    [{ ...options({ value: 'a' }), multiple: true }, 'it chooses several at once'],
    [options(), 'it has no options in the export'],
    [options({ value: '' }), 'it has no options in the export'],
    [options({ value: 'a', type: 'msg' }), 'what it sends is known to the running flow alone'],
  ])('with %o is none', (fields, why) => {
    expect(widget('ui_dropdown', fields)).toEqual({ items: [], whys: [why] });
  });

  it('that sends to several topics is none', () => {
    const by = { property: 'payload', rules: [{ t: 'eq', v: 'a', vt: 'str' }, { t: 'else' }] };
    const sent = read([
      flowNode('w', 'ui_dropdown', { group: 'group', ...options({ value: 'a' }, { value: 'b' }) }, ['by']),
      ...[flowNode('by', 'switch', by, ['o'], ['p']), mqttOut('o', 'c'), mqttOut('p', 'd')],
    ]);
    expect(sent.whys).toEqual(['it sends to c and d']);
  });
});

describe('a button', () => {
  it.each<[Fields, string]>([
    [{ payload: 'go', payloadType: 'str' }, 'go'],
    [{ payload: 'go' }, 'go'],
    [{ payload: '7', payloadType: 'num' }, '7'],
  ])('with %o sends %s', (fields, payload) => {
    expect(widget('ui_button', fields).items).toStrictEqual([
      {
        ...{ group: 'buttons', sameAs: `["command","c","${payload}"]`, label: 'Level', broker: 'broker', rank: 6 },
        ...{ fields: { command: 'c', payload }, notes: [] },
      },
    ]);
  });

  it.each<[Fields, string]>([
    [{ payloadType: 'date' }, 'it sends the time'],
    [{ payload: '' }, 'it sends an empty message'],
    [{ payload: 'x', payloadType: 'flow' }, 'what it sends is known to the running flow alone'],
  ])('with %o is none', (fields, why) => {
    expect(widget('ui-button', fields)).toEqual({ items: [], whys: [why] });
  });
});
