import { ExitCode } from '../../app/exit-code.ts';
import type { HistoryLimits } from '../../app/history/limits.ts';
import type { World } from '../../app/world.ts';
import { cleanLines } from '../../core/clean-text.ts';
import { countText } from '../../core/count-text.ts';
import { openDiskFile } from '../../io/history-store/disk-file.ts';
import { type Compacted, compactHistory } from '../../io/history-store/upkeep/compact.ts';
import { removalTexts } from '../../io/history-store/upkeep/prune.ts';
import { type Mended, repairHistory } from '../../io/history-store/upkeep/repair.ts';
import type { Upkeep } from '../../io/history-store/upkeep/with-history.ts';
import { print } from '../stdio/output.ts';
import { sizeText } from './about.ts';
import { doLongWork, type LongWork } from './progress.ts';
import { spanText } from './time-text.ts';

/** Where a history is, and how large it may become. */
export interface UpkeepPlace {
  readonly folder: string;
  readonly limits: HistoryLimits;
}

/** `history repair`: what is damaged is written anew, and what is gone is told by its time. */
export function repair({ folder }: UpkeepPlace, world: World): Promise<ExitCode> {
  return doLongWork(
    world,
    async tools => {
      const mended = await repairHistory(upkeepOf(folder, tools, world));
      const all = `nothing in ${folder} is damaged: nothing was changed\n`;
      await print(world.stdout, cleanLines(mended.length === 0 ? all : mended.map(mendedText).join('')));
      return ExitCode.ok;
    },
    () => world.stderr.write('hometui: broken off; what was repaired by then stays so: the same command goes on\n'),
  );
}

/** `history compact`: what a recording does day by day, at once. */
export function compact({ folder, limits }: UpkeepPlace, world: World): Promise<ExitCode> {
  return doLongWork(
    world,
    async tools => {
      const done = await compactHistory(upkeepOf(folder, tools, world), limits);
      await print(world.stdout, compactedText(done, limits));
      return ExitCode.ok;
    },
    () => world.stderr.write('hometui: broken off; nothing is lost: the same command goes on\n'),
  );
}

/** What the upkeep needs of the world. */
export function upkeepOf(folder: string, { pause, onProgress }: LongWork, { clock }: World): Upkeep {
  return { folder, wallNow: clock.wallNow, openFile: openDiskFile, pause, onProgress };
}

function mendedText({ file, what, keptAs, lost, note }: Mended): string {
  const gone = lost.map(span => `  lost: ${spanText(span)}\n`);
  const rest = lost.length === 0 && note === null ? '  nothing is lost\n' : '';
  const said = note === null ? '' : `  ${note}\n`;
  return `${file} is whole again: ${what}\n${gone.join('')}${said}${rest}  the damaged one is kept as ${keptAs}\n`;
}

function compactedText(done: Compacted, limits: HistoryLimits): string {
  const { sealed, rebuilt, tidied, pruned, bytesBefore, bytesAfter } = done;
  const lines = [
    ...(sealed > 0 ? [`${countText(sealed, 'day')} sealed`] : []),
    ...(rebuilt > 0 ? [`the roll-ups of ${countText(rebuilt, 'day')} made anew`] : []),
    ...tidied.map(name => `${name} written anew`),
    ...removalTexts(pruned, limits),
    ...(pruned.overBy > 0 ? [`${sizeText(pruned.overBy)} more than it may take: no more can be removed`] : []),
  ];
  const sizes = `${sizeText(bytesBefore)} before, ${sizeText(bytesAfter)} now\n`;
  return `${lines.length === 0 ? 'nothing was to be done' : lines.join('\n')}\n${sizes}`;
}
