import { wrapText, wrapTextTo } from '../../core/fit-text.ts';
import type { Denial } from '../../core/home/state/broker.ts';
import { textWidth } from '../../core/text-width.ts';
import { isFramedAt } from '../layout/layout.ts';
import { focusMark, type HouseView, type Lines } from '../text/house-view.ts';
import { blank, fitLine, lineWidth, span } from '../text/line.ts';
import { nearMoment, stampOf } from '../text/near-moment.ts';
import type { StyleName } from '../theme/theme.ts';

const evidenceWords: Readonly<Record<Denial['evidence'], string>> = {
  refused: 'refused by the broker',
  logged: "in the broker's log",
  echo: 'acknowledged, but no echo came',
};

/** Columns before the text: time of day or day, and sign. */
const HEAD = 12;

/** One denial in so many rows at the most: when, what, and where there is room how we know. */
export function denialLines(view: HouseView, denial: Denial, width: number, most: number): Lines {
  const { column, lead } = stampOf(view, denial.at);
  const times = denial.count > 1 ? `${denial.count} × ` : '';
  const before = lead + times;
  const [first = '', ...others] = wrapTextTo(`${before}${denial.detail}`, width - HEAD, most);
  const head = [
    span(` ${column} `, 'muted'),
    span(`${view.glyphs.symbols.denied} `, 'critical'),
    span(lead),
    span(times, 'strong'),
    span(first.slice(before.length)),
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

/** One denial as `denialLines` says it, and where there is room for all of it, the line that would allow it. */
export function denialWithRemedy(view: HouseView, denial: Denial, width: number, most: number): Lines {
  const lines = denialLines(view, denial, width, most);
  const remedy = denial.remedy.startsWith(REMEDY_CONDITION)
    ? denial.remedy.slice(REMEDY_CONDITION.length)
    : denial.remedy;
  const rows = [remedy, remedy.replace(/, then reload.*$/, ', reload it')]
    .map(text => wrapText(text, width - HEAD))
    .find(texts => lines.length + texts.length <= most);
  return [...lines, ...(rows ?? []).map(text => fitLine([blank(HEAD), span(text, 'accent')], width))];
}

/** One denial in full: when, how often, how we know, and what to do about it. */
export function denialBlock(view: HouseView, denial: Denial, isFocused: boolean, width: number): Lines {
  const times =
    denial.count > 1 ? `${denial.count} times since ${nearMoment(view, denial.firstAt, { hasSeconds: true })}, ` : '';
  const who = denial.client === null ? '' : `, client ${denial.client}`;
  const { column, lead } = stampOf(view, denial.at);
  const head = [
    focusMark(view.glyphs, isFocused),
    span(` ${column} `, 'muted'),
    span(`${view.glyphs.symbols.denied} `, 'critical'),
  ];
  // Where it is narrow, the text goes on below the time of day.
  const indent = isFramedAt(width) ? lineWidth(head) : 2;
  const indented = (text: string, style: StyleName): Lines =>
    wrapText(text, width - indent).map(row => fitLine([blank(indent), span(row, style)], width));
  const [first = '', ...others] = wrapAfter(`${lead}${denial.detail}`, width - lineWidth(head), width - indent);
  return [
    fitLine([...head, span(first, 'strong')], width),
    ...others.map(row => fitLine([blank(indent), span(row, 'strong')], width)),
    ...indented(`${times}${evidenceWords[denial.evidence]}${who}`, 'muted'),
    ...indented(denial.remedy, 'accent'),
  ];
}

/** A text whose first row has less room than the others. */
function wrapAfter(text: string, first: number, others: number): readonly string[] {
  const [head = '', ...rest] = wrapText(text, first);
  return rest.length === 0 ? [head] : [head, ...wrapText(text.slice(head.length).trimStart(), others)];
}
