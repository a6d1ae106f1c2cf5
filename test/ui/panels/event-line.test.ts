import { describe, expect, it } from 'vitest';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { denialBlock, denialLines } from '../../../src/ui/panels/denial-lines.ts';
import { eventLines } from '../../../src/ui/panels/event-line.ts';
import { richHome } from '../../helpers/ui/home.ts';
import { textsOf } from '../../helpers/ui/pages.ts';

const DAY = 86_400_000;
const home = richHome();
const view = { home, glyphs: glyphsFor({ glyphs: 'full' }) };
const entry = { id: 1, at: home.at - DAY, level: 'warning', kind: 'client', subject: 'heating' } as const;

describe('an event that was not today', () => {
  it('has its day in the column of the time, and its time before what happened', () => {
    const text = 'heating is stale: silent for 15 s, its cadence is 5.0 s';
    const [whole = ''] = textsOf(eventLines(view, { ...entry, text }, 100, 1));
    expect(whole).toMatch(/^ 10 Jan {3}▲ \d\d:\d\d:\d\d heating is stale: silent for 15 s, its cadence is 5.0 s/);
    expect(whole).toHaveLength(100);
  });

  it('loses what to do about it before it loses its time', () => {
    const [cut = ''] = textsOf(eventLines(view, { ...entry, text: 'Pump is denied; write it into the file' }, 50, 1));
    expect(cut).toMatch(/^ 10 Jan {3}▲ \d\d:\d\d:\d\d Pump is denied +$/);
  });
});

describe('a denial that was not today', () => {
  const [first] = home.denials;
  if (first === undefined) throw new Error('nothing was denied');
  const denial = { ...first, at: first.at - DAY, firstAt: first.at - 2 * DAY, count: 3 };

  it('has its day in short and in full, and so has the first one', () => {
    expect(textsOf(denialLines(view, denial, 100, 1))[0]).toMatch(/^ 10 Jan {3}✗ \d\d:\d\d:\d\d 3 × /);
    const block = textsOf(denialBlock(view, denial, false, 100)).join('\n');
    expect(block).toMatch(/^ {2}10 Jan {3}✗ \d\d:\d\d:\d\d /);
    expect(block).toMatch(/3 times since 09 Jan \d\d:\d\d:\d\d, /);
  });
});
