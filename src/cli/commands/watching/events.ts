import { ExitCode } from '../../../app/exit-code.ts';
import { Failure } from '../../../app/failure.ts';
import type { World } from '../../../app/world.ts';
import { formatDuration } from '../../../core/duration.ts';
import {
  occurrenceCsv,
  occurrenceCsvHeader,
  occurrenceJson,
  occurrencesText,
} from '../../../core/format/history/occurrences-text.ts';
import { HOUR_S } from '../../../core/history/calendar.ts';
import { type Occurrence, occurrencesOf } from '../../../core/history/query/occurrences.ts';
import { gapsOf } from '../../../core/history/query/query.ts';
import { writtenSpan } from '../../../core/history/query/written.ts';
import { lengthOf, type Span } from '../../../core/history/spans.ts';
import type { House } from '../../../core/house/house.ts';
import { type HistoryReader, openHistoryReader } from '../../../io/history-store/reader.ts';
import { nearestCure } from '../../args/named-ids.ts';
import { readFormat, refuseOperands } from '../../args/operands.ts';
import type { Arguments } from '../../args/parse.ts';
import { historyInWords, nothingRecorded, ownHistoryFolder } from '../../history/place.ts';
import { readSince } from '../../history/question.ts';
import { timeText } from '../../history/time-text.ts';
import { readSettings } from '../../settings/connection.ts';
import { loadHouse } from '../../settings/load-house.ts';
import { print } from '../../stdio/output.ts';
import { styleFor } from '../../stdio/text-style.ts';

const FORMATS = ['text', 'csv', 'json'] as const;

/** `hometui events`: who rang, what moved: what happened in the house, from the history. */
export async function runEvents(args: Arguments, world: World): Promise<ExitCode> {
  refuseOperands(args);
  const format = readFormat(args, FORMATS);
  const settings = await readSettings(args, world);
  const house = await loadHouse(settings.house.value);
  const only = readOnly(args.flags.only, house);
  const span = readSince(args.flags, world.clock.wallNow());
  const folder = ownHistoryFolder(settings, house, args, world);
  try {
    const reader = openHistoryReader(folder);
    if (reader.isEmpty()) throw nothingRecorded(folder);
    const found = occurrencesOf(reader.events(span), house, only);
    await print(
      world.stdout,
      format === 'text' ? textOf(found, { reader, house, span }, world) : listOf(found, format),
    );
    return found.length === 0 ? ExitCode.unknown : ExitCode.ok;
  } catch (error) {
    throw historyInWords(folder, error, 'read');
  }
}

/** The events and counters that are named. Throws a `Failure` (64) for what is none. */
function readOnly(only: readonly string[] | undefined, { words }: House): ReadonlySet<string> | null {
  if (only === undefined) return null;
  const known = [...words].flatMap(([id, { kind }]) => (kind === 'event' || kind === 'counter' ? [id] : []));
  const unknown = only.find(id => !known.includes(id));
  if (unknown === undefined) return new Set(only);
  throw new Failure(ExitCode.usage, `the house has no event or counter "${unknown}"`, nearestCure(unknown, known));
}

function listOf(found: readonly Occurrence[], format: 'csv' | 'json'): string {
  return format === 'csv'
    ? occurrenceCsvHeader + found.map(occurrenceCsv).join('')
    : found.map(occurrenceJson).join('');
}

interface Asked {
  readonly reader: HistoryReader;
  readonly house: House;
  readonly span: Span;
}

/** What happened, and for how long nobody would have heard it. */
function textOf(found: readonly Occurrence[], { reader, house, span }: Asked, world: World): string {
  const now = Math.floor(world.clock.wallNow() / 1_000);
  const within = { from: span.from, until: Math.min(span.until, now) };
  const head = `${house.config.name}, ${timeText(within.from, null)} to ${timeText(within.until, null)}\n\n`;
  const happened = found.length === 0 ? 'Nothing happened that was heard.\n' : occurrencesText(found, styleFor(world));
  const listening = reader.read(new Set(), within, HOUR_S, { reading: () => {}, rollUp: () => {} });
  const unheardS = lengthOf(gapsOf(listening, writtenSpan(reader, listening, within, now)));
  if (unheardS < 60) return head + happened;
  const unheard = `Nobody listened for ${formatDuration(unheardS * 1_000)} of this time: what happened then is not known.\n`;
  return `${head}${happened}\n${unheard}`;
}
