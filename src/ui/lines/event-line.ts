import type { JournalEntry } from '../../core/home/journal.ts';
import { fitLine, type Line, type Span, span } from '../line.ts';
import { criticalSymbol, focusMark, timeText, type View } from '../view.ts';

/** One event of the journal in one row. */
export function eventLine(view: View, entry: JournalEntry, width: number, isFocused = false): Line {
  const mark = focusMark(view.glyphs, isFocused);
  return fitLine(
    [mark, span(`${timeText(view, entry.at)} `, 'muted'), signOf(view, entry), span(' '), span(entry.text)],
    width,
  );
}

function signOf(view: View, entry: JournalEntry): Span {
  const { symbols } = view.glyphs;
  switch (entry.level) {
    case 'good':
      return span(symbols.confirmed, 'ok');
    case 'info':
      return span(symbols.bullet, 'muted');
    case 'warning':
      return span(symbols.warning, 'warning');
    case 'critical':
      return entry.kind === 'denial' ? span(symbols.denied, 'critical') : span(criticalSymbol(view.glyphs), 'critical');
  }
}
