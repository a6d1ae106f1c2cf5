import { expect, it } from 'vitest';
import { createGraph } from '../../../../src/core/node-red/flow/graph.ts';
import { isHidden, readBoard } from '../../../../src/core/node-red/import/pages.ts';

type Fields = Readonly<Record<string, unknown>>;

const node = (id: string, type: string, fields: Fields = {}) => ({ id, type, fields });
const board = readBoard(
  createGraph([
    ...[node('t2', 'ui_tab', { name: 'Second', order: 2 }), node('t1', 'ui-page', { order: 1 }), node('x', 'tab')],
    ...[node('g2', 'ui_group', { name: 'B', tab: 't2', order: 2 }), node('g1', 'ui_group', { tab: 't2', order: 1 })],
    ...[node('g3', 'ui-group', { page: 't1' }), node('g4', 'ui_group', { name: 'Lost', tab: 'gone' })],
    node('g5', 'ui-group', {}),
    ...[node('w2', 'ui_text', { group: 'g2', order: 2 }), node('w1', 'ui-text', { group: 'g2' })],
    ...[node('w3', 'ui_text', { group: 'gone' }), node('s', 'ui_spacer', { group: 'g2' }), node('m', 'mqtt in')],
  ]),
);

it('groups stand in the order of their tabs and their own, and those of no tab at the end', () => {
  expect(board.groups).toStrictEqual([
    { id: 'g3', label: 'Group', tab: 'Tab' },
    { id: 'g1', label: 'Second', tab: 'Second' },
    { id: 'g2', label: 'B', tab: 'Second' },
    { id: 'g4', label: 'Lost', tab: '' },
    { id: 'g5', label: 'Group', tab: '' },
  ]);
});

it('widgets stand in the order of their group, and what has none is homeless', () => {
  const ids = Object.fromEntries([...board.widgetsOf].map(([id, widgets]) => [id, widgets.map(one => one.id)]));
  expect(ids).toEqual({ g1: [], g2: ['w1', 'w2'], g3: [], g4: [], g5: [] });
  expect(board.homeless.map(({ id }) => id)).toEqual(['w3']);
});

it.each<[Fields, boolean]>([
  [{}, false],
  [{ disabled: true }, true],
  [{ disabled: 'true' }, true],
  [{ hidden: true }, true],
  [{ visible: false }, true],
  [{ visible: 'false' }, true],
  [{ visible: true, hidden: false, disabled: 'false' }, false],
])('%o is hidden: %s', (fields, expected) => {
  expect(isHidden(node('g', 'ui_group', fields))).toBe(expected);
});

it('what is not there is not hidden', () => {
  expect(isHidden(undefined)).toBe(false);
});
