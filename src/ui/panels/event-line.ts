import { wrapText, wrapTextTo } from '../../core/fit-text.ts';
import type { JournalEntry } from '../../core/home/state/journal.ts';
import { focusMark, type HouseView, type Lines } from '../text/house-view.ts';
import { blank, fitLine, type Span, span } from '../text/line.ts';
import { stampOf } from '../text/near-moment.ts';

/** Columns before the text: mark, time of day or day, sign. */
const HEAD = 12;

/**
 * One event of the journal in so many rows at the most; one row is enough for nearly all. Where there are too few, what
 * happened goes before what to do about it, which the log has: half a command would do harm.
 */
export function eventLines(
  view: HouseView,
  entry: JournalEntry,
  width: number,
  most: number,
  isFocused = false,
): Lines {
  const { column, lead } = stampOf(view, entry.at);
  const whole = `${lead}${entry.text}`;
  const [happened = ''] = whole.split('; ');
  const text = wrapText(whole, width - HEAD).length <= most ? whole : happened;
  const [first = '', ...others] = wrapTextTo(text, width - HEAD, most);
  const head = [
    focusMark(view.glyphs, isFocused),
    span(`${column} `, 'muted'),
    signOf(view, entry),
    span(' '),
    span(first),
  ];
  return [head, ...others.map(text => [blank(HEAD), span(text)])].map(line => fitLine(line, width));
}

function signOf(view: HouseView, entry: JournalEntry): Span {
  const { symbols } = view.glyphs;
  switch (entry.level) {
    case 'good':
      return span(symbols.confirmed, 'ok');
    case 'info':
      return span(symbols.bullet, 'muted');
    case 'warning':
      return span(symbols.warning, 'warning');
    case 'critical':
      return entry.kind === 'denial'
        ? span(symbols.denied, 'critical')
        : span(view.glyphs.symbols.critical, 'critical');
  }
}
