import { describe, expect, it } from 'vitest';
import { type Member, shareOut } from '../../../../src/core/discover/makers/home-assistant-presence.ts';
import { deviceOf, type Proposal, type ProposedDevice } from '../../../../src/core/discover/proposal.ts';

type Mode = ProposedDevice['availabilityMode'];

/** An entity of a boiler that says on these topics whether it is there. */
function entity(name: string, topics: readonly string[], availabilityMode: Mode = 'latest'): Member {
  const proposal: Proposal = {
    found: { kind: 'sensor', topic: `a/${name}`, unit: 'W' },
    ...{ label: name, device: 'boiler', basis: 'stated', evidence: ['it says so'], isExtra: false },
  };
  const availabilities = topics.map(topic => ({ topic }));
  const device = deviceOf({
    key: 'boiler',
    label: `Boiler of ${name}`,
    evidence: [],
    availabilities,
    availabilityMode,
  });
  return { proposal, device };
}

/** `a: h (all)` of each entity with topics of its own, and of its device. */
function shared(...members: readonly Member[]): readonly string[] {
  const { proposals, devices } = shareOut(members);
  const text = (label: string, of: Pick<ProposedDevice, 'availabilities' | 'availabilityMode'>): string =>
    `${label}: ${[...of.availabilities.map(({ topic }) => topic), `(${of.availabilityMode})`].join(' ')}`;
  return [
    ...devices.map(device => text(device.label, device)),
    ...proposals.flatMap(({ label, presence }) => (presence === undefined ? [] : [text(label, presence)])),
  ];
}

describe('where entities of one device say whether they are there', () => {
  it('is where the device does, in whichever order, where one says it on all topics', () => {
    const all = ['Boiler of a: h i (latest)'];
    expect(shared(entity('a', ['h']), entity('b', ['h', 'i']), entity('c', []))).toStrictEqual(all);
    expect(shared(entity('a', []), entity('b', ['h', 'i']), entity('c', ['i']))).toStrictEqual(all);
    expect(shared(entity('a', ['h', 'i'], 'any'), entity('b', ['h', 'i'], 'any'))).toStrictEqual([
      'Boiler of a: h i (any)',
    ]);
    expect(shared(entity('a', []), entity('b', []))).toStrictEqual(['Boiler of a: (latest)']);
  });

  it('is told of each alone where they say it apart, and the device says nothing', () => {
    expect(shared(entity('a', ['h']), entity('b', ['i']), entity('c', []))).toStrictEqual([
      'Boiler of a: (latest)',
      'a: h (latest)',
      'b: i (latest)',
    ]);
  });

  it("is parted where each of them must say so: what all share is the device's", () => {
    expect(shared(entity('a', ['h', 'i'], 'all'), entity('b', ['h', 'j'], 'all'))).toStrictEqual([
      'Boiler of a: h (latest)',
      'a: i (all)',
      'b: j (all)',
    ]);
    expect(shared(entity('a', ['g', 'h', 'i'], 'all'), entity('b', ['g', 'h', 'j'], 'all'))).toStrictEqual([
      'Boiler of a: g h (all)',
      'a: i (all)',
      'b: j (all)',
    ]);
  });

  it('is not parted where one of several may say so', () => {
    expect(shared(entity('a', ['h', 'i'], 'any'), entity('b', ['h', 'j'], 'all'))).toStrictEqual([
      'Boiler of a: (latest)',
      'a: h i (any)',
      'b: h j (all)',
    ]);
  });

  it('is evidence of each that says it alone, and of no other', () => {
    const { proposals } = shareOut([
      entity('a', ['h']),
      entity('b', ['i', 'j']),
      { ...entity('c', ['k']), device: null },
    ]);
    expect(proposals.map(({ evidence }) => evidence)).toStrictEqual([
      ['it says so', 'h says of it alone whether it is there'],
      ['it says so', 'i, j says of it alone whether it is there'],
      ['it says so'],
    ]);
  });
});
