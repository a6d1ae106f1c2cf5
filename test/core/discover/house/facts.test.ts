import { describe, expect, it } from 'vitest';
import { readFacts } from '../../../../src/core/discover/house/facts.ts';
import { deviceOf, identityAt } from '../../../../src/core/discover/proposal.ts';
import { parseHouse } from '../../../../src/core/house/parse.ts';

const parsed = parseHouse(
  JSON.stringify({
    version: 2,
    name: 'Ours',
    cadence: 7,
    sensors: {
      flow: { label: 'Flow', topic: 'h/flow', unit: '' },
      damp: { label: 'Damp', topic: 'c', path: 'x.y', unit: '' },
    },
    switches: {
      pump: { label: 'Pump', command: 'h/pump', feedback: 'h/pump/done', on: '1', off: '0', key: 'p' },
      bell: { label: 'Bell', command: 'b/bell', feedback: 'b/bell/done', on: '1', off: '0' },
    },
    buttons: { reset: { label: 'Reset', command: 'b/reset', payload: 'go' } },
    clients: { boiler: { publishes: ['flow', 'pump'] }, cellar: { user: 'node', publishes: ['damp'] } },
    panels: [
      { label: 'Mixed', items: ['flow', 'damp'] },
      { label: 'Heating', items: ['pump', 'flow', 'bell'] },
    ],
  }),
  'house.json',
);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
const facts = readFacts(parsed.value);
const device = (user: string | null) => deviceOf({ key: 'k', label: 'L', evidence: [], user });

describe('what a house has already', () => {
  it('is known by where it is heard, commanded and answers', () => {
    expect([...facts.known].sort()).toEqual(
      [
        ...[identityAt('h/flow', undefined), identityAt('c', 'x.y'), identityAt('h/pump', undefined)],
        ...[
          identityAt('h/pump/done', undefined),
          identityAt('b/bell', undefined),
          identityAt('b/bell/done', undefined),
        ],
        ...[identityAt('b/reset', undefined), identityAt('b/reset', undefined, 'go')],
      ].sort(),
    );
  });

  it('is its ids, labels, keys and pace', () => {
    expect([...facts.itemIds].sort()).toEqual(['bell', 'damp', 'flow', 'pump', 'reset']);
    expect(facts.clientIds).toEqual(['boiler', 'cellar']);
    expect([...facts.labels].sort()).toEqual(['Bell', 'Damp', 'Flow', 'Pump', 'Reset']);
    expect(facts.keys).toEqual(['p']);
    expect(facts.cadenceS).toBe(7);
  });

  it('is nothing where there is no house', () => {
    const none = readFacts(null);
    expect([none.known.size, none.itemIds, none.clientIds, none.labels.size, none.keys]).toEqual([0, [], [], 0, []]);
    expect([none.cadenceS, none.clientOf(device('node'), []), none.panelOf('boiler')]).toEqual([null, null, null]);
  });
});

describe('the client of a device', () => {
  it.each([
    ['its user', 'node', [], 'cellar'],
    ['its user, which is the id where none is named', 'boiler', [], 'boiler'],
    ['its user before its items', 'node', [identityAt('h/flow', undefined)], 'cellar'],
    ['an item that is served', null, [identityAt('x', undefined), identityAt('c', 'x.y')], 'cellar'],
    ['an item where its user is not known', 'other', [identityAt('h/pump/done', undefined)], 'boiler'],
    ['nothing by an item that nobody serves', null, [identityAt('b/bell', undefined)], null],
    ['nothing at all', null, [], null],
  ])('is known by %s', (_, user, identities, client) => {
    expect(facts.clientOf(device(user), identities)).toBe(client);
  });
});

it('the panel of a client is that with most of its items', () => {
  expect(facts.panelOf('boiler')).toBe('Heating');
  expect(facts.panelOf('cellar')).toBe('Mixed');
  expect(facts.panelOf('other')).toBeNull();
});
