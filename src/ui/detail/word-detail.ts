import { cleanText } from '../../core/clean-text.ts';
import { formatDuration } from '../../core/duration.ts';
import { freshnessOfWord } from '../../core/home/select.ts';
import { getRow } from '../../core/home/state/table.ts';
import type { WordReading } from '../../core/home/state/word.ts';
import type { WordConfig } from '../../core/house/house.ts';
import { isLasting, levelOfWord, textOfSaid, textOfWord } from '../../core/house/values/words.ts';
import { clientFields } from '../panels/client-lines.ts';
import { type Field, fieldLines } from '../panels/field-lines.ts';
import { calmAge, sinceText } from '../text/age-text.ts';
import type { HouseView, Lines } from '../text/house-view.ts';
import { type Line, span } from '../text/line.ts';
import { nearMoment } from '../text/near-moment.ts';
import { freshnessStyle, levelStyle } from '../text/state-style.ts';
import { findingFields } from './finding-fields.ts';
import { withHistory } from './history-lines.ts';

/** A state, a binary, an event or a counter in full; `name` where the title cuts it. It may be higher than the screen. */
export function wordDetail(
  view: HouseView,
  id: string,
  name: Lines,
  room: { readonly width: number; readonly rows: number },
): Lines {
  const config = view.home.house.words.get(id);
  const row = getRow(view.home.words, id);
  if (config === undefined || row === undefined) return [];
  const top: Lines = [
    headLine(view, row, config),
    [],
    ...name,
    ...fieldLines(wordFields(view, row, config), room.width),
    [],
  ];
  return withHistory(view, id, top, room);
}

function headLine(view: HouseView, row: WordReading, config: WordConfig): Line {
  const { freshness } = freshnessOfWord(view.home, row.id);
  if (config.kind === 'counter') return [span(`${row.count} times`, 'value')];
  if (row.word === null) return [span('not received yet', 'waiting')];
  const level = levelOfWord(row.word, config);
  const text = textOfSaid(row, config);
  if (freshness !== 'live' && isLasting(config)) return [span(`was ${text}`, 'notLive')];
  const since = row.changedAt === null ? '' : `  ${sinceText(view.home.at - row.changedAt)}`;
  return [span(text, level === 'ok' ? 'value' : levelStyle[level]), span(since, 'muted')];
}

function wordFields(view: HouseView, row: WordReading, config: WordConfig): readonly Field[] {
  const { freshness, reason } = freshnessOfWord(view.home, row.id, calmAge);
  const { receivedAt, isRetained, countedSince, count, word } = row;
  const shown = word === null || config.kind === 'counter' ? null : textOfWord(word, config);
  return [
    ...(reason === null ? [] : [{ name: 'Why', text: reason, style: freshnessStyle[freshness] }]),
    ...findingFields(view, row.id),
    ...(receivedAt === null || isRetained ? [] : [{ name: 'Last', text: lastText(view, row, config, receivedAt) }]),
    ...(countedSince === null || isLasting(config)
      ? []
      : [{ name: 'Counted', text: `${count} since ${nearMoment(view, countedSince, { hasSeconds: true })}` }]),
    ...(word === null || word === shown || config.kind === 'binary' ? [] : [{ name: 'Word', text: word }]),
    ...meaningFields(config),
    { name: 'Topic', text: `${config.topic}${config.path === undefined ? '' : `, at ${config.path} in its JSON`}` },
    ...clientFields(view, row.id),
  ];
}

/** When it was heard last; of what is presumed it was the other word. */
function lastText(view: HouseView, { isPresumed }: WordReading, config: WordConfig, receivedAt: number): string {
  const at = nearMoment(view, receivedAt, { hasSeconds: true });
  return isPresumed ? `${textOfWord('on', config)} at ${at}` : at;
}

/** What it may say, and how bad that is, by the house file. */
function meaningFields(config: WordConfig): readonly Field[] {
  if (config.kind === 'binary') {
    const { words, levels = {}, offAfter } = config;
    const sides = [`${words.on}${levelWord(levels.on)}`, `${words.off}${levelWord(levels.off)}`];
    const text = sides.join(' or ');
    if (offAfter === undefined) return [{ name: 'Says', text }];
    const after = formatDuration(offAfter * 1_000);
    return [{ name: 'Says', text: `${text}; ${words.off} is presumed after ${after} without ${words.on}` }];
  }
  if (config.kind === 'counter' || config.words === undefined) return [];
  const said = Object.keys(config.words).map(
    word => `${textOfWord(word, config)}${levelWord(levelOfWord(word, config))}`,
  );
  return [{ name: 'Says', text: cleanText(said.join(', '), 200) }];
}

function levelWord(level: 'ok' | 'warning' | 'critical' = 'ok'): string {
  return level === 'ok' ? '' : ` (${level})`;
}
