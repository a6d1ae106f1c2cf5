import { describe, expect, it } from 'vitest';
import { type TopicNode, topicOf } from '../../../src/core/explorer/topic-node.ts';
import { createTopicTree } from '../../../src/core/explorer/topic-tree.ts';
import { isFilter, type TreeSight, treeRows } from '../../../src/core/explorer/tree-rows.ts';

const NAMES = ['heating/flow', 'heating/pump', 'heating/pump/done', 'cellar/Temperature', '$SYS/uptime', 'a b/ü'];

function treeOf(names: readonly string[] = NAMES) {
  const tree = createTopicTree();
  for (const [place, name] of names.entries()) tree.add(name, new Uint8Array([48]), false, place + 1);
  return tree;
}

function rowsOf(
  tree: ReturnType<typeof treeOf>,
  sight: Partial<Omit<TreeSight, 'unfolded'>>,
  open: readonly string[] = [],
) {
  const unfolded = new Set(open.map(name => tree.find(name)).filter((node): node is TopicNode => node !== null));
  const rows = treeRows(tree, { search: '', changedSince: null, ...sight, unfolded });
  return rows.map(({ node, depth, isUnfolded }) => `${'  '.repeat(depth)}${topicOf(node)}${isUnfolded ? ' -' : ''}`);
}

describe('the rows of the tree', () => {
  it('are sorted by name, and what came later stands among them', () => {
    const tree = treeOf();
    expect(rowsOf(tree, {})).toEqual(['$SYS', 'a b', 'cellar', 'heating']);
    tree.add('b/new', new Uint8Array(), false, 9);
    expect(rowsOf(tree, {}, ['heating'])).toEqual([
      ...['$SYS', 'a b', 'b', 'cellar', 'heating -'],
      ...['  heating/flow', '  heating/pump'],
    ]);
  });

  it.each([
    ['TEMP', ['cellar -', '  cellar/Temperature']],
    ['pump', ['heating -', '  heating/pump']],
    ['ing/p', ['heating -', '  heating/pump']],
    ['heating/+', ['heating -', '  heating/flow', '  heating/pump']],
    ['heating/#', ['heating']],
    ['+/+/done', ['heating -', '  heating/pump -', '    heating/pump/done']],
    ['ü', ['a b -', '  a b/ü']],
    ['nothing like it', []],
  ])('a search for %s shows what it finds and the way there', (search, rows) => {
    expect(rowsOf(treeOf(), { search })).toEqual(rows);
  });

  it('below a branch that is found only what is unfolded is shown', () => {
    expect(rowsOf(treeOf(), { search: 'heat' })).toEqual(['heating']);
    expect(rowsOf(treeOf(), { search: 'heat' }, ['heating'])).toEqual([
      'heating -',
      '  heating/flow',
      '  heating/pump',
    ]);
  });

  it('only what has changed since, and the branches above it', () => {
    const tree = treeOf();
    tree.add('heating/flow', new Uint8Array([48]), false, 20);
    expect(rowsOf(tree, { changedSince: 10 }, ['heating'])).toEqual([]);
    tree.add('heating/flow', new Uint8Array([49]), false, 21);
    expect(rowsOf(tree, { changedSince: 10 }, ['heating'])).toEqual(['heating -', '  heating/flow']);
  });
});

it.each([
  ['a/+', true],
  ['#', true],
  ['+', true],
  ['a+b', false],
  ['c#', false],
  ['a/b', false],
])('%s as a search is a filter: %s', (search, is) => expect(isFilter(search)).toBe(is));
