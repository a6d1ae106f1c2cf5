import { expect, it } from 'vitest';
import { unpaired } from '../../../../src/app/history/takeover/pairing.ts';

interface Said {
  readonly at: number;
  readonly what: string;
}

const said = (at: number, what = 'a'): Said => ({ at, what });
const left = (ours: readonly Said[], theirs: readonly Said[]): readonly Said[] =>
  unpaired(ours, theirs, { keyOf: ({ what }) => what, atOf: ({ at }) => at, within: 2 });

it.each<[string, readonly Said[], readonly Said[], readonly Said[]]>([
  ['nothing is left of nothing', [], [said(1)], []],
  ['all is left where nothing stands', [said(1), said(2)], [], [said(1), said(2)]],
  ['what stands there at the same moment goes', [said(10)], [said(10)], []],
  ['what stands there a little before or behind goes', [said(10), said(20)], [said(8), said(22)], []],
  ['what is farther away stays', [said(10), said(20)], [said(7), said(23)], [said(10), said(20)]],
  ['what is of another name stays', [said(10, 'b')], [said(10)], [said(10, 'b')]],
  ['of what was said twice and stands there once, one is left', [said(10), said(10)], [said(10)], [said(10)]],
  [
    'of what is said again each second, the last is left',
    [8, 9, 10, 11].map(at => said(at)),
    [6, 7, 8, 9, 10].map(at => said(at)),
    [said(11)],
  ],
  [
    'and also where it was noted a little later each time',
    [8, 9, 10, 11].map(at => said(at + 0.4)),
    [8, 9, 10].map(at => said(at)),
    [said(11.4)],
  ],
])('%s', (_, ours, theirs, expected) => {
  expect(left(ours, theirs)).toEqual(expected);
});
