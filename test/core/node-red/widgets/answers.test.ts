import { describe, expect, it } from 'vitest';
import type { FlowNode } from '../../../../src/core/node-red/flow/flow-node.ts';
import { createGraph } from '../../../../src/core/node-red/flow/graph.ts';
import { answerFields, answerOf } from '../../../../src/core/node-red/widgets/answers.ts';
import { type ExportedNode, flowNode, mqttIn } from '../../../helpers/house/flow.ts';

const node = (fields: ExportedNode): FlowNode => ({ id: String(fields.id), type: String(fields.type), fields });
const UNCONFIRMED = 'hometui can never confirm it';

function answered(...nodes: readonly ExportedNode[]) {
  const widget = node(flowNode('w', 'ui_switch'));
  return answerOf(widget, createGraph([widget, ...nodes.map(node)]), 'c');
}

const line = (id: string, to: string) =>
  flowNode(id, 'change', { rules: [{ t: 'set', p: 'payload', pt: 'msg', to, tot: 'jsonata' }] }, ['w']);

describe('what a device answers', () => {
  it('is what moves the widget', () => {
    const member = flowNode(
      'x',
      'change',
      { rules: [{ t: 'set', p: 'payload', pt: 'msg', to: 'payload.s', tot: 'msg' }] },
      ['w'],
    );
    expect(answerFields(answered(mqttIn('m', 'f', 'w')))).toStrictEqual({ feedback: 'f' });
    expect(answerFields(answered(mqttIn('m', 'f', 'x'), member))).toStrictEqual({ feedback: 'f', path: 's' });
  });

  it('is the first of several, and the others are told', () => {
    expect(answered(mqttIn('m', 'f', 'w'))).toMatchObject({ kind: 'source', notes: [] });
    expect(answered(mqttIn('m', 'f', 'w'), mqttIn('n', 'g', 'w'), mqttIn('o', 'h', 'w'))).toMatchObject({
      ...{ kind: 'source', source: { topic: 'f' }, notes: ['g, h moves it, too: taken is f'] },
    });
  });

  it('is not its own command', () => {
    expect(answered(mqttIn('m', 'c', 'w'), mqttIn('n', 'f', 'w'))).toMatchObject({ source: { topic: 'f' }, notes: [] });
    const none = answered(mqttIn('m', 'c', 'w'));
    expect(none).toStrictEqual({
      kind: 'none',
      why: `what moves it is its own command, which is no answer of the device: ${UNCONFIRMED}`,
    });
    expect(answerFields(none)).toStrictEqual({});
  });

  it.each(['payload * 2', 'payload + 1'])('is not %s', expression => {
    expect(answered(mqttIn('m', 'f', 'x'), line('x', expression))).toStrictEqual({
      kind: 'none',
      why: `what the device answers is another number than the command: ${UNCONFIRMED}`,
    });
    expect(answered(mqttIn('m', 'f', 'x'), line('x', expression), mqttIn('n', 'g', 'w'))).toMatchObject({
      ...{ source: { topic: 'g' }, notes: [] },
    });
  });

  it('is none where nothing is wired to it, or what is cannot be followed', () => {
    const none = (why: string) => ({ kind: 'none', why: `${why}: ${UNCONFIRMED}` });
    expect(answered()).toStrictEqual(none('no answer of the device is wired to it'));
    expect(answered(flowNode('x', 'function', { name: 'f' }, ['w']))).toStrictEqual(
      none('what it gets is made by function "f"'),
    );
  });
});
