import { cleanText } from '../clean-text.ts';
import { timesText } from '../count-text.ts';
import { formatAge, formatCadence } from '../duration.ts';
import { payloadLine, payloadText } from '../explorer/payload-kind.ts';
import type { TopicEntry } from '../explorer/topic-book.ts';
import { cutText, fitText } from '../fit-text.ts';
import { jsonText } from '../json-text.ts';
import { widestOf } from '../text-width.ts';
import { isoTime } from './iso-time.ts';

/** What is told of the topics of a broker. */
export interface TopicsSaid {
  readonly entries: readonly TopicEntry[];
  /** ms since 1970. */
  readonly now: number;
  /** The width of what it is printed on, columns. */
  readonly columns: number;
}

interface TopicRow {
  readonly name: string;
  readonly value: string;
  readonly pace: string;
}

const WIDEST_NAME = 40;

/** The topics as a tree, each with its last value and how often it speaks; for a person. */
export function topicsText({ entries, now, columns }: TopicsSaid): string {
  const rows = treeRows(entries, now, columns);
  const name = Math.min(WIDEST_NAME, Math.floor(columns / 2), widestOf(rows.map(row => row.name)));
  const value = Math.max(0, columns - name - widestOf(rows.map(row => row.pace)) - 4);
  return rows
    .map(
      row => `${cutText(`${fitText(row.name, name)}  ${fitText(row.value, value)}  ${row.pace}`.trimEnd(), columns)}\n`,
    )
    .join('');
}

function treeRows(entries: readonly TopicEntry[], now: number, columns: number): readonly TopicRow[] {
  const rows: TopicRow[] = [];
  let above: readonly string[] = [];
  for (const entry of entries) {
    const levels = entry.topic.split('/');
    const shared = sharedLevels(above, levels);
    for (let depth = shared; depth < levels.length; depth++) {
      const isLeaf = depth === levels.length - 1;
      rows.push({
        name: `${'  '.repeat(depth)}${levelText(levels[depth] ?? '', isLeaf)}`,
        value: isLeaf ? payloadLine(entry.payload, entry.bytes, columns) : '',
        pace: isLeaf ? paceText(entry, now) : '',
      });
    }
    above = levels;
  }
  return rows;
}

/** How many levels are on the lines above already. */
function sharedLevels(above: readonly string[], levels: readonly string[]): number {
  const first = levels.findIndex((level, depth) => level !== above[depth]);
  return first < 0 ? levels.length - 1 : first;
}

/** An empty level is a level, and is not to look like none. */
function levelText(level: string, isLeaf: boolean): string {
  return `${level === '' ? '(empty)' : cleanText(level, WIDEST_NAME)}${isLeaf ? '' : '/'}`;
}

function paceText({ live, isRetained, intervalMs, lastAt }: TopicEntry, now: number): string {
  if (live === 0) return 'retained';
  const pace =
    intervalMs === null ? `${timesText(live)}, ${formatAge(now - lastAt)} ago` : `every ${formatCadence(intervalMs)}`;
  return isRetained ? `${pace}, retained` : pace;
}

/** A topic as one JSON object on a line; `payload` is `null` for what is no text, and has the first 512 bytes of it. */
export function topicJson({ topic, live, isRetained, intervalMs, lastAt, payload, bytes }: TopicEntry): string {
  const text = payloadText(payload, bytes);
  return `${jsonText({
    ...{ topic, live, retained: isRetained, every: intervalMs === null ? null : Math.round(intervalMs) / 1_000 },
    ...{ at: isoTime(lastAt), bytes, payload: text, cut: payload.length < bytes },
  })}\n`;
}
