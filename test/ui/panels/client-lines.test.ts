import { describe, expect, it } from 'vitest';
import type { HomeState } from '../../../src/core/home/state/state.ts';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { clientLines, clientsSummaryLine } from '../../../src/ui/panels/client-lines.ts';
import { lineWidth } from '../../../src/ui/text/line.ts';
import { emptyHome, houseOf, livingHome, richHome } from '../../helpers/ui/home.ts';
import { stories } from '../../helpers/ui/stories.ts';

const viewOf = (home: HomeState) => ({ home, glyphs: glyphsFor({ glyphs: 'full' }) });

function summary(home: HomeState, width: number): string {
  const line = clientsSummaryLine(viewOf(home), width);
  expect(lineWidth(line)).toBe(width);
  return line
    .map(part => part.text)
    .join('')
    .trimEnd();
}

describe('all clients in one row', () => {
  it('begins with those that are not live', () => {
    expect(summary(richHome(), 40)).toBe(' ▲ dhtclient stale  ● heating live');
  });

  it('counts those that have no room, and cuts a name only where it stands alone', () => {
    expect(summary(richHome(), 32)).toBe(' ▲ dhtclient stale  and 1 more');
    const home = stories['long names']?.() ?? emptyHome();
    expect(summary(home, 40)).toBe(' ● The box under the stairs behin… live');
  });

  it('measures no more of a thousand than can be shown', () => {
    const ids = Array.from({ length: 1_000 }, (_, place) => [`c${place}`, { publishes: ['s0'] }]);
    const home = emptyHome({ ...houseOf(1, 1), clients: Object.fromEntries(ids) });
    expect(summary(home, 40)).toMatch(/ and 99[89] more$/);
  });
});

describe('a client', () => {
  const rows = (home: HomeState, id: string, width: number, most: number): readonly string[] =>
    clientLines(viewOf(home), id, width, most).map(line =>
      line
        .map(part => part.text)
        .join('')
        .trimEnd(),
    );

  it('says why it is silent in as many words as fit, and cuts none', () => {
    const home = richHome();
    expect(rows(home, 'dhtclient', 80, 3)).toEqual([' dhtclient  ▲ stale     silent for 50 s, its cadence is 5.0 s']);
    expect(rows(home, 'dhtclient', 44, 1)).toEqual([' dhtclient  ▲ stale     silent for 50 s']);
    expect(rows(home, 'dhtclient', 36, 1)).toEqual([' dhtclient  ▲ stale     50 s ago']);
    expect(rows(livingHome(60), 'heating', 40, 1)).toEqual([' heating    ● live      every 5.0 s']);
  });
});
