import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { cleanLines, cleanText } from '../../core/clean-text.ts';
import { countText } from '../../core/count-text.ts';
import { IMPORT_FORMATS, type ImportFormat } from '../../core/history/import/format.ts';
import type { House } from '../../core/house/house.ts';
import { formatIssue } from '../../core/issue.ts';
import { shownWord } from '../../core/to-copy.ts';
import { cureOfOwnFile } from '../../io/files/file-facts.ts';
import { makeHistoryFolder } from '../../io/history-store/place.ts';
import { importFault, importHistory, UnreadableFile } from '../../io/history-store/upkeep/import.ts';
import type { Imported } from '../../io/history-store/upkeep/import-report.ts';
import type { Flags } from '../args/options.ts';
import { print } from '../stdio/output.ts';
import { doLongWork } from './progress.ts';
import { timeText } from './time-text.ts';
import { upkeepOf } from './upkeep.ts';

/** `history import FILE`: what others, or we on another machine, have recorded. */
export async function importFile(
  path: string,
  { folder, house, flags }: { readonly folder: string; readonly house: House; readonly flags: Flags },
  world: World,
): Promise<ExitCode> {
  const format = readFormat(flags);
  const map = readMap(flags, house);
  checkFile(path);
  makeHistoryFolder(folder);
  return doLongWork(
    world,
    async tools => {
      const setup = { ...upkeepOf(folder, tools, world), path, house, format, map };
      const done = await importHistory(setup).catch(asFailure);
      const faults = faultsText(path, done);
      if (done.isRefused) throw tooMuchRubbish(path, done, faults);
      if (faults !== '') world.stderr.write(cleanLines(faults));
      await print(world.stdout, cleanLines(importedText(done, house)));
      return done.faultCount > 0 ? ExitCode.warning : ExitCode.ok;
    },
    () => world.stderr.write('hometui: broken off; only whole days were imported: the same command goes on\n'),
  );
}

function asFailure(error: unknown): never {
  if (!(error instanceof UnreadableFile)) throw error;
  throw new Failure(ExitCode.noInput, error.message, error.issue.cure ?? null);
}

function readFormat({ format }: Flags): ImportFormat | null {
  const known = IMPORT_FORMATS.find(one => one === format) ?? null;
  if (format === undefined || known !== null) return known;
  throw new Failure(
    ExitCode.usage,
    `hometui history import does not read ${format}`,
    `It reads ${IMPORT_FORMATS.join(', ')}.`,
  );
}

function readMap({ map = [] }: Flags, house: House): ReadonlyMap<string, string> {
  return new Map(
    map.map(pair => {
      const place = pair.lastIndexOf('=');
      const [old, id] = [pair.slice(0, place), pair.slice(place + 1)];
      const cure = `It takes NAME=ID, with a sensor of the house: ${[...house.sensors.keys()].join(', ')}.`;
      if (place < 1) throw new Failure(ExitCode.usage, `--map does not understand "${cleanText(pair, 60)}"`, cure);
      if (house.sensors.has(id)) return [old, id];
      throw new Failure(ExitCode.usage, `--map: the house has no sensor "${cleanText(id, 60)}"`, cure);
    }),
  );
}

/** Before anything is made, so that a name that was mistyped changes nothing. */
function checkFile(path: string): void {
  const fault = importFault(path);
  if (fault === null) return;
  const cure = cureOfOwnFile(fault, path, 'Name the file that is to be imported: it is read more than once.');
  throw new Failure(ExitCode.noInput, `${path} cannot be read: ${fault.why}`, cure);
}

function tooMuchRubbish(path: string, { faultCount, lines }: Imported, faults: string): Failure {
  const message = `${path} has too many lines that cannot be read, ${faultCount} of the first ${lines}: nothing was imported`;
  return new Failure(
    ExitCode.noInput,
    `${faults}hometui: ${message}`,
    'Check that it is the right file; --format says in which form it is.',
  );
}

function faultsText(path: string, { faults, faultCount }: Imported): string {
  const lines = faults.map(({ line, message, cure }) =>
    formatIssue({ severity: 'error', message, place: { file: path, line }, cure }),
  );
  const rest = faultCount > faults.length ? [`… and ${faultCount - faults.length} more`] : [];
  return [...lines, ...rest].map(line => `${line}\n`).join('');
}

function importedText(done: Imported, house: House): string {
  const { values, fresh, span, days, events, freshEvents, others } = done;
  const when = span === null ? '' : ` from ${timeText(span.from, null)} to ${timeText(span.until, null)}`;
  const lines = [
    `${countText(values, 'value')}${when}, in ${countText(days, 'day')}: ${fresh} new, ${values - fresh} known before`,
    ...(events > 0 ? [`${countText(events, 'event')}: ${freshEvents} new`] : []),
    ...[...others].map(([what, count]) => `left out: ${count} ${what}`),
    ...unknownLines(done, house),
  ];
  return lines.map(line => `${line}\n`).join('');
}

const MOST_NAMES = 20;

function unknownLines({ unknown }: Imported, house: House): readonly string[] {
  const names = [...unknown].slice(0, MOST_NAMES);
  const [first] = names;
  if (first === undefined) return [];
  const more = unknown.size > names.length ? [`left out: ${unknown.size - names.length} more such names`] : [];
  return [
    ...names.map(([name, count]) => `left out: ${countText(count, 'value')} of ${name}, which the house does not have`),
    ...more,
    `  --map ${shownWord(`${first[0]}=ID`)} takes it for a sensor of the house: ${[...house.sensors.keys()].join(', ')}`,
  ];
}
