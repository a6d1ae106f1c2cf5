import type { EventMark } from '../../core/history/event-mark.ts';
import type { Glyphs } from '../../terminal/identity/glyphs.ts';
import { type Span, span } from '../text/line.ts';

/** The sign of something that happened, one column wide. */
export function eventSign({ symbols }: Glyphs, mark: EventMark): Span {
  switch (mark) {
    case 'switched':
      return span(symbols.bullet, 'accent');
    case 'trouble':
      return span(symbols.warning, 'warning');
    case 'denied':
      return span(symbols.denied, 'critical');
  }
}
