import { cutText, wrapText, wrapTextTo } from '../../core/fit-text.ts';
import type { Denial } from '../../core/home/denial.ts';
import { textWidth } from '../../core/text-width.ts';
import { blank, fitLine, type Line, lineWidth, span } from '../line.ts';
import { focusMark, type Lines, timeText, type View } from '../view.ts';

const evidenceWords: Readonly<Record<Denial['evidence'], string>> = {
  refused: 'refused by the broker',
  logged: "in the broker's log",
  echo: 'acknowledged, but no echo came',
  closed: 'the broker closed the connection',
  suspected: 'suspected, not proven',
};

/** Columns before the text: time of day and sign. */
const HEAD = 12;

/** One denial in so many rows at the most: when, what, and where there is room how we know. */
export function denialLines(view: View, denial: Denial, width: number, most: number): Lines {
  const times = denial.count > 1 ? `${denial.count} × ` : '';
  const [first = '', ...others] = wrapTextTo(`${times}${denial.detail}`, width - HEAD, most);
  const head = [
    span(` ${timeText(view, denial.at)} `, 'muted'),
    span(`${view.glyphs.symbols.denied} `, 'critical'),
    span(times, 'strong'),
    span(first.slice(times.length)),
  ];
  const lines: Lines = [head, ...others.map(text => [blank(HEAD), span(text)])];
  const evidence = span(`  ${evidenceWords[denial.evidence]}`, 'muted');
  return lines.map((line, row) => {
    const hasRoom = row === lines.length - 1 && lineWidth(line) + textWidth(evidence.text) < width;
    return fitLine(hasRoom ? [...line, evidence] : line, width);
  });
}

/** What the remedy begins with where it is a whole sentence; a row of the overview has no room for it. */
const REMEDY_CONDITION = 'If it should be allowed: ';

/** One denial as `denialLines` says it, and in one more row, where there is room, the line that would allow it. */
export function denialWithRemedy(view: View, denial: Denial, width: number, most: number): Lines {
  const lines = denialLines(view, denial, width, Math.max(1, most - 1));
  if (lines.length >= most) return lines;
  const remedy = denial.remedy.startsWith(REMEDY_CONDITION)
    ? denial.remedy.slice(REMEDY_CONDITION.length)
    : denial.remedy;
  return [...lines, fitLine([blank(HEAD), span(cutText(remedy, width - HEAD - 1), 'accent')], width)];
}

/** One denial in full: when, how often, how we know, and what to do about it. */
export function denialBlock(view: View, denial: Denial, isFocused: boolean, width: number): Lines {
  const times = denial.count > 1 ? `${denial.count} times since ${timeText(view, denial.firstAt)}, ` : '';
  const who = denial.client === null ? '' : `, client ${denial.client}`;
  const indented = (text: string, style: Line[number]['style']): Lines =>
    wrapText(text, width - 14).map(row => fitLine([span(' '.repeat(13)), span(row, style)], width));
  const [head = '', ...tail] = wrapText(denial.detail, width - 14);
  return [
    fitLine(
      [
        focusMark(view.glyphs, isFocused),
        span(` ${timeText(view, denial.at)} `, 'muted'),
        span(`${view.glyphs.symbols.denied} `, 'critical'),
        span(head, 'strong'),
      ],
      width,
    ),
    ...tail.map(row => fitLine([span(' '.repeat(13)), span(row, 'strong')], width)),
    ...indented(`${times}${evidenceWords[denial.evidence]}${who}`, 'muted'),
    ...indented(denial.remedy, 'accent'),
  ];
}
