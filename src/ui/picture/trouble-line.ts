import { cutText } from '../../core/fit-text.ts';
import { textWidth } from '../../core/text-width.ts';
import { type Line, span } from '../text/line.ts';
import type { StyleName } from '../theme/theme.ts';

/** The one thing to know first, as it stands in one row. */
export interface TroubleWords {
  readonly sign: string;
  readonly label: string;
  /** What is wrong with it, as it stands behind the label: in full first, then ever shorter. */
  readonly tails: readonly string[];
  readonly style: StyleName;
}

/**
 * As much of a trouble as fits in so many columns beside what is said of the others, `mores`, from the longest on. A label
 * that is too long is cut, and not what is wrong.
 */
export function troubleSpans(
  { sign, label, tails, style }: TroubleWords,
  mores: readonly string[],
  room: number,
): Line {
  const last = mores.at(-1) ?? '';
  const pairs = tails.flatMap(tail => mores.map(more => ({ text: `${label}${tail}`, more })));
  const left = room - (last === '' ? 0 : textWidth(last) + 2);
  const tail = tails.at(-1) ?? '';
  const short = { text: `${cutText(label, left - textWidth(tail))}${tail}`, more: last };
  const widthOf = (text: string, more: string): number => textWidth(text) + (more === '' ? 0 : textWidth(more) + 2);
  const { text, more } = pairs.find(pair => widthOf(pair.text, pair.more) <= room) ?? short;
  return [span(` ${sign} `, style), span(text, style), span(more === '' ? '' : `  ${more}`, 'muted')];
}
