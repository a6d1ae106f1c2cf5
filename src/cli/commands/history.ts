import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { cleanLines } from '../../core/clean-text.ts';
import { readItems } from '../../core/history/query/items.ts';
import { queryHistory } from '../../core/history/query/query.ts';
import type { House } from '../../core/house/house.ts';
import { type HistoryReader, openHistoryReader } from '../../io/history-store/reader.ts';
import { readNamedIds } from '../args/named-ids.ts';
import { readFormat, refuseForeignFlags } from '../args/operands.ts';
import { type OptionName, placeNames } from '../args/options.ts';
import type { Arguments } from '../args/parse.ts';
import type { Export, ExportFormat } from '../history/export-history.ts';
import { historyInWords, nothingRecorded, ownHistoryFolder } from '../history/place.ts';
import { readTime } from '../history/question.ts';
import { sayAnswer, tellsNothing } from '../history/say-answer.ts';
import { readSettings } from '../settings/connection.ts';
import { loadHouse } from '../settings/load-house.ts';
import { print } from '../stdio/output.ts';

const FORMATS = ['text', 'csv', 'jsonl', 'openmetrics', 'line-protocol'] as const;

/** The options of each word, and of none. */
const TAKEN: Readonly<Record<'' | 'info' | 'check' | 'repair' | 'compact' | 'import', readonly OptionName[]>> = {
  '': [...placeNames, 'format', 'last', 'from', 'to', 'every', 'only', 'fromEngine'],
  info: placeNames,
  check: placeNames,
  repair: placeNames,
  compact: placeNames,
  import: [...placeNames, 'format', 'map'],
};

/** `hometui history [info|check|repair|compact|import]`: what was recorded, read beside whoever records, and its upkeep. */
export async function runHistory(args: Arguments, world: World): Promise<ExitCode> {
  const [word = '', ...rest] = args.operands;
  const wanted = word === 'import' ? 1 : 0;
  if (rest.length !== wanted) {
    const message =
      wanted === 0 ? `hometui history ${word} takes no more words` : 'hometui history import takes one FILE';
    throw new Failure(ExitCode.usage, message, 'hometui history --help says what it takes.');
  }
  refuseForeignFlags(word as keyof typeof TAKEN, args, TAKEN);
  const settings = await readSettings(args, world);
  const house = await loadHouse(settings.house.value);
  if (args.flags.fromEngine === true)
    return (await import('../history/from-engine.ts')).tellFromEngine({ settings, house, args }, world);
  const folder = ownHistoryFolder(settings, house, args, world);
  try {
    if (word === '') return await tell(openHistoryReader(folder), house, args, world);
    // What looks after the history is loaded for that only.
    const limits = (await import('../settings/history-limits.ts')).readHistoryLimits(settings);
    const { checkText, infoText } = await import('../history/about.ts');
    if (word === 'info')
      return await say(infoText({ folder, limits }, house, world.clock.wallNow()), ExitCode.ok, world);
    if (word === 'check') {
      const { text, isWhole } = checkText(folder, args.flags);
      return await say(text, isWhole ? ExitCode.ok : ExitCode.warning, world);
    }
    if (word === 'repair' || word === 'compact')
      return await (await import('../history/upkeep.ts'))[word]({ folder, limits }, world);
    const given = { folder, house, flags: args.flags };
    return await (await import('../history/import.ts')).importFile(rest[0] ?? '', given, world);
  } catch (error) {
    throw historyInWords(folder, error, ['repair', 'compact', 'import'].includes(word) ? 'changed' : 'read');
  }
}

async function say(text: string, code: ExitCode, world: World): Promise<ExitCode> {
  await print(world.stdout, cleanLines(text));
  return code;
}

async function tell(reader: HistoryReader, house: House, args: Arguments, world: World): Promise<ExitCode> {
  const format = readFormat(args, FORMATS);
  const only = readNamedIds(args.flags.only, house);
  const nowMs = world.clock.wallNow();
  const now = Math.floor(nowMs / 1_000);
  const time = readTime(args.flags, nowMs, format === 'text');
  const items = readItems(reader.series, house, only);
  if (format !== 'text') {
    if (reader.isEmpty()) throw nothingRecorded(reader.folder);
    return carryAway({ reader, items, time, now, house: house.config.name, only }, format, world);
  }
  const answer = queryHistory(reader, items, time.edges, now);
  const events = reader
    .events({ from: time.edges[0] ?? time.from, until: time.until })
    .filter(({ id }) => only === null || (id !== null && only.has(id)));
  // Who finds something need not look whether there is anything.
  if (tellsNothing(answer, events) && reader.isEmpty()) throw nothingRecorded(reader.folder);
  return sayAnswer({ house, answer, events, time, now, isTable: args.flags.every !== undefined }, world);
}

async function carryAway(given: Export, format: ExportFormat, world: World): Promise<ExitCode> {
  const [{ exportHistory }, { doLongWork }] = await Promise.all([
    import('../history/export-history.ts'),
    import('../history/progress.ts'),
  ]);
  return doLongWork(world, async ({ onProgress, pause }) => {
    for (const piece of exportHistory(given, format, onProgress)) {
      if (piece !== '' && (await print(world.stdout, piece)) === 'closed') break;
      await pause();
    }
    return ExitCode.ok;
  });
}
