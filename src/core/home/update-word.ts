import { cleanText } from '../clean-text.ts';
import type { WordConfig } from '../house/house.ts';
import { isLasting, isOneOfFew, levelOfWord, presumption, readWord, textOfWord } from '../house/values/words.ts';
import { freshnessOfWord } from './clients/select-spoken.ts';
import { hearFromClient } from './clients/update-client.ts';
import { addToJournal } from './state/journal.ts';
import type { Message } from './state/message.ts';
import { type HomeState, pastNote, saidAt } from './state/state.ts';
import { getRow, setRow } from './state/table.ts';
import type { WordReading } from './state/word.ts';

/** A state, a binary, an event or a counter spoke. */
export function receiveWord(state: HomeState, id: string, { payload, isRetained }: Message): HomeState {
  const row = getRow(state.words, id);
  const config = state.house.words.get(id);
  if (row === undefined || config === undefined) return state;
  const heard = isRetained ? state : hearFromClient(state, id);
  const read = readWord(payload, config);
  if (!read.ok) return takeFault(heard, row, config, read.error, isRetained);
  if (read.value === null) return heard;
  if (isRetained) return takeRetained(heard, row, config, read.value);
  return isLasting(config) ? takeWord(heard, row, config, read.value) : takeOccurrence(heard, row, config, read.value);
}

function takeWord(state: HomeState, row: WordReading, config: WordConfig, word: string): HomeState {
  const at = saidAt(state);
  const hasChanged = row.word !== word;
  const wasKnown = row.word !== null && !row.isRetained;
  const changedAt = hasChanged && wasKnown ? at : hasChanged || row.isRetained ? null : row.changedAt;
  const next = { ...row, word, isPresumed: false, receivedAt: at, isRetained: false, changedAt, fault: null };
  return journalWord(state, row, next, config);
}

/**
 * Time went by: what never says its second word is presumed to stand there, where it did not say the first one for so long
 * while we listened and its device was there.
 */
export function presumeWords(state: HomeState): HomeState {
  let next = state;
  for (const [id, afterMs] of state.house.offAfter) next = presumeWord(next, id, afterMs);
  return next;
}

function presumeWord(state: HomeState, id: string, afterMs: number): HomeState {
  const row = getRow(state.words, id);
  const config = state.house.words.get(id);
  if (row?.word !== 'on' || row.receivedAt === null || row.fault !== null || config === undefined) return state;
  const changedAt = row.receivedAt + afterMs;
  // What waits to be read may be the first word again.
  if (state.at < changedAt || state.backlogSince !== null) return state;
  if (freshnessOfWord(state, id).freshness !== 'live') return state;
  return journalWord(state, row, { ...row, word: 'off', isPresumed: true, changedAt }, config);
}

/** A retained word never takes the place of one whose age we know. */
function takeRetained(state: HomeState, row: WordReading, config: WordConfig, word: string): HomeState {
  if (row.word !== null && !row.isRetained) return state;
  const next = { ...row, word, receivedAt: state.at, isRetained: true, changedAt: null, fault: null };
  return isLasting(config) ? journalWord(state, row, next, config) : withRow(state, next);
}

function takeOccurrence(state: HomeState, row: WordReading, config: WordConfig, word: string): HomeState {
  const at = saidAt(state);
  const [count, countedSince] = [row.count + 1, row.countedSince ?? state.listeningSince ?? at];
  const next = { ...row, word, receivedAt: at, isRetained: false, changedAt: null, fault: null, count, countedSince };
  const noted = journalReadable(withRow(state, next), row, config);
  if (config.kind !== 'event') return noted;
  const text = `${config.label}: ${textOfWord(word, config)}${pastNote(state)}`;
  return addToJournal(noted, { level: 'info', kind: 'item', subject: row.id, text });
}

function takeFault(
  state: HomeState,
  row: WordReading,
  config: WordConfig,
  reason: string,
  isRetained: boolean,
): HomeState {
  if (isRetained && row.word !== null && !row.isRetained) return state;
  const noted = withRow(state, { ...row, fault: { at: saidAt(state), reason } });
  if (row.fault !== null) return noted;
  const kept = row.word === null ? '' : '; the last good word stays';
  const text = `${config.label} is unreadable: ${reason} (${cleanText(config.topic, 60)})${kept}`;
  return addToJournal(noted, { level: 'warning', kind: 'item', subject: row.id, text });
}

function journalReadable(state: HomeState, before: WordReading, config: WordConfig): HomeState {
  if (before.fault === null) return state;
  const text = `${config.label} is readable again`;
  return addToJournal(state, { level: 'good', kind: 'item', subject: before.id, text });
}

/** A change of a word is news where there are few of them; of any other only that it became better or worse. */
function journalWord(state: HomeState, before: WordReading, after: WordReading, config: WordConfig): HomeState {
  const level = levelOfWord(after.word ?? '', config);
  const noted = journalReadable(withRow(state, { ...after, level }), before, config);
  const isNews = after.word !== before.word && isOneOfFew(config);
  if (after.isRetained ? level === before.level : !isNews && level === before.level) return noted;
  const text = `${config.label}: ${textOfWord(after.word ?? '', config)}${noteOf(after, config)}`;
  const better = before.level !== 'ok' ? 'good' : 'info';
  return addToJournal(noted, { level: level === 'ok' ? better : level, kind: 'item', subject: after.id, text });
}

function noteOf({ isRetained, isPresumed }: WordReading, config: WordConfig): string {
  if (isPresumed && config.kind === 'binary') return ` (${presumption(config)})`;
  return isRetained ? ' (retained: its age is unknown)' : '';
}

function withRow(state: HomeState, row: WordReading): HomeState {
  return { ...state, words: setRow(state.words, row.id, row) };
}
