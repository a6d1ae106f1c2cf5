import { describe, expect, it } from 'vitest';
import { glyphsFor } from '../../../src/terminal/identity/glyphs.ts';
import { eventLines } from '../../../src/ui/panels/event-line.ts';
import { headerLine } from '../../../src/ui/picture/header-line.ts';
import { type HouseView, timeText } from '../../../src/ui/text/house-view.ts';
import { livingHome, START } from '../../helpers/ui/home.ts';

const HOUR_MS = 3_600_000;
const home = livingHome(60);
const view: HouseView = { home, glyphs: glyphsFor({ glyphs: 'full' }) };
/** The clock of the machine was set back by an hour, which the house's own clock does not follow. */
const setBack: HouseView = { ...view, timeOfDay: at => at - HOUR_MS };

const textOf = (line: ReturnType<typeof headerLine>): string => line.map(part => part.text).join('');

describe('the time of day', () => {
  it('is that of the event', () => {
    expect(timeText(view, START)).toBe('14:22:00');
  });

  it('is right in the header and at the events after the clock was set back', () => {
    expect(textOf(headerLine(view, 80))).toContain('14:23:00');
    expect(textOf(headerLine(setBack, 80))).toContain('13:23:00');
    const [first] = home.journal;
    if (first === undefined) throw new Error('nothing happened in this house');
    expect(textOf(eventLines(setBack, first, 80, 1)[0] ?? [])).toContain('13:22:00');
  });
});
