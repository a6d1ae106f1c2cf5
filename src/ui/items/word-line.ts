import { fitText } from '../../core/fit-text.ts';
import type { Level } from '../../core/home/readings/level.ts';
import { freshnessOfWord } from '../../core/home/select.ts';
import type { Freshness } from '../../core/home/state/client.ts';
import { getRow } from '../../core/home/state/table.ts';
import type { WordReading } from '../../core/home/state/word.ts';
import type { WordConfig } from '../../core/house/house.ts';
import { isLasting, levelOfWord, textOfWord } from '../../core/house/values/words.ts';
import { type ItemColumns, itemHead, pickText } from '../layout/item-columns.ts';
import { metricsOf } from '../layout/metrics.ts';
import { numberField } from '../layout/number-field.ts';
import { calmAge, coarseAge, oldText, sinceText } from '../text/age-text.ts';
import { freshnessSymbol, type HouseView } from '../text/house-view.ts';
import { fitLine, type Line, lineWidth, type Span, span } from '../text/line.ts';
import { nearMoment } from '../text/near-moment.ts';
import { freshnessStyle, levelStyle } from '../text/state-style.ts';

/** The row of something that is said in words: a state or a binary where it stands, an event with its time, a count. */
export function wordLine(view: HouseView, id: string, isFocused: boolean, columns: ItemColumns): Line {
  const config = view.home.house.words.get(id);
  const row = getRow(view.home.words, id);
  if (config === undefined || row === undefined) return fitLine([], columns.width);
  const { freshness, ageMs } = freshnessOfWord(view.home, id);
  const head = itemHead(view, { label: config.label, isFocused, sign: signOf(view, row, config, freshness) }, columns);
  const said = saidSpans(view, row, config, columns, freshness);
  const texts = restTexts(view, row, config, freshness, ageMs);
  const room = columns.width - lineWidth(head) - lineWidth(said) - 1;
  const style = row.fault !== null ? 'warning' : freshness === 'live' ? 'muted' : freshnessStyle[freshness];
  return fitLine([...head, ...said, span(pickText(texts, room), style)], columns.width);
}

/** What it says, as wide as the words of the house; what is not of now has `was` before it. */
function saidSpans(
  view: HouseView,
  row: WordReading,
  config: WordConfig,
  columns: Pick<ItemColumns, 'integer' | 'fraction' | 'unit'>,
  freshness: Freshness,
): Line {
  if (config.kind === 'counter') {
    const number = numberField(row.count, 0, columns);
    return [span(number, row.count === 0 ? 'muted' : 'value'), span(' '.repeat(columns.unit + 2))];
  }
  const width = metricsOf(view.home.house).word;
  if (row.word === null) return [span('  ')];
  const text = `${fitText(textOfWord(row.word, config), width)} `;
  if (config.kind === 'event') return [span(`  ${text}`, row.isRetained ? 'notLive' : 'value')];
  const level = levelOfWord(row.word, config);
  const plain = row.isPresumed ? 'muted' : 'value';
  if (freshness === 'live') return [span(`  ${text}`, level === 'ok' ? plain : levelStyle[level])];
  return [span('  '), span(`was ${text}`, 'notLive')];
}

function signOf(view: HouseView, row: WordReading, config: WordConfig, freshness: Freshness): Span {
  const level: Level = row.word === null ? 'ok' : levelOfWord(row.word, config);
  if (level !== 'ok') {
    const sign = level === 'critical' ? view.glyphs.symbols.critical : view.glyphs.symbols.warning;
    return span(sign, levelStyle[level]);
  }
  if (row.fault !== null) return span(view.glyphs.symbols.warning, 'warning');
  // What happens now and then is not silent for it.
  const isWell = freshness === 'live' || (!isLasting(config) && freshness !== 'offline');
  return isWell ? span(' ') : span(freshnessSymbol(view.glyphs, freshness), freshnessStyle[freshness]);
}

/** What is said behind it; the first that fits. */
function restTexts(
  view: HouseView,
  row: WordReading,
  config: WordConfig,
  freshness: Freshness,
  ageMs: number | null,
): readonly string[] {
  if (row.isPresumed && row.word !== null) {
    const [whole] = restTexts(view, { ...row, isPresumed: false }, config, freshness, ageMs);
    return [`presumed, ${whole}`, row.fault === null ? 'presumed' : 'unreadable'];
  }
  if (row.fault !== null) return ['unreadable'];
  if (!isLasting(config)) return occurrenceTexts(view, row, config, ageMs);
  if (freshness === 'live') {
    return [row.changedAt === null ? '' : sinceText(view.home.at - row.changedAt), ''];
  }
  if (freshness === 'retained') return ['retained, age unknown', 'retained'];
  if (freshness === 'waiting')
    return [row.word !== null && ageMs !== null ? oldText(ageMs) : 'not received yet', 'waiting'];
  return ageMs === null ? [freshness] : [`${freshness}, ${coarseAge(ageMs)}`, freshness];
}

/** When it last happened, and how often since we listen. */
function occurrenceTexts(
  view: HouseView,
  { word, receivedAt, isRetained, count, countedSince }: WordReading,
  { kind }: WordConfig,
  ageMs: number | null,
): readonly string[] {
  if (isRetained) return ['retained, when is unknown', 'retained'];
  if (word === null || receivedAt === null || countedSince === null) return ['not yet', ''];
  const [at, since] = [nearMoment(view, receivedAt), nearMoment(view, countedSince)];
  if (kind === 'counter') return [`since ${since}, last at ${at}`, `since ${since}`, ''];
  const age = ageMs === null ? at : `${at}, ${calmAge(ageMs)} ago`;
  return [`${age}; ${count} since ${since}`, `${age}`, at, ''];
}
