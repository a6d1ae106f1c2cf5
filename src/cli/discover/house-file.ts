import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { presets } from '../../core/house/presets.ts';
import { clockText } from '../../core/moment-text.ts';
import { changeFile, readForChange, whyUnwritable } from '../../io/files/change-file.ts';
import { keepCopy } from '../../io/files/keep-copy.ts';
import { writeTextFile } from '../../io/files/text-file.ts';
import type { Flags } from '../args/options.ts';

/** The house file that is added to. */
export interface HouseTarget {
  /** Where the result goes. */
  readonly path: string;
  /** What is there; `null` for a new one. */
  readonly before: Uint8Array | null;
}

/** The file that `--output` or `--house` names; `null` where neither does. Throws a `Failure`: 64, 66 or 74. */
export function readTarget({ house, output }: Flags): HouseTarget | null {
  if (house !== undefined && Object.hasOwn(presets, house)) {
    const cure = 'Name a file with --output: a new one, or one that it is to be added to.';
    throw new Failure(ExitCode.usage, `${house} is a preset, which nothing can be added to`, cure);
  }
  if (house !== undefined && output !== undefined) {
    const cure = 'Name one of them: a file that is there is added to, and one that is not is made.';
    throw new Failure(ExitCode.usage, '--house and --output name two files', cure);
  }
  const path = output ?? house;
  if (path === undefined) return null;
  const before = readForChange(path);
  if (!before.ok) throw new Failure(ExitCode.noInput, `${path} cannot be read: ${before.error.why}`, 'Check the path.');
  const why = before.value === null ? null : whyUnwritable(path);
  if (why !== null) throw new Failure(ExitCode.output, `${path} cannot be written: ${why}`, 'Check who owns it.');
  return { path, before: before.value };
}

/**
 * Puts the house file in its place at once, and keeps the one before as a copy beside it; gives the name of that. Throws a
 * `Failure` (74), and then all is as it was.
 */
export function writeHouse({ path, before }: HouseTarget, text: string, { clock }: World): string | null {
  if (before === null) {
    const written = writeTextFile(path, text);
    if (!written.ok)
      throw new Failure(ExitCode.output, `${path} cannot be written: ${written.error.why}`, 'Check the path.');
    return null;
  }
  const copy = keepCopy(path, stampOf(clock.wallNow()));
  if (!copy.ok) {
    const cure = 'Make room, or check who owns the folder: without a copy of the old one nothing is changed.';
    throw new Failure(ExitCode.output, `a copy of ${path} cannot be kept: ${copy.error.why}`, cure);
  }
  const written = changeFile(path, now => {
    const isAsRead = now !== null && Buffer.from(before).equals(now);
    return { content: isAsRead ? new TextEncoder().encode(text) : null, value: isAsRead };
  });
  if (!written.ok)
    throw new Failure(ExitCode.output, `${path} cannot be written: ${written.error.why}`, 'Check who owns it.');
  if (!written.value) throw new Failure(ExitCode.output, `somebody else changed ${path} meanwhile`, 'Run it again.');
  return copy.value;
}

/** The time of day as a part of a file's name. */
function stampOf(at: number): string {
  const day = new Date(at);
  const date = [day.getFullYear(), day.getMonth() + 1, day.getDate()]
    .map(part => String(part).padStart(2, '0'))
    .join('');
  return `${date}-${clockText(at).replaceAll(':', '')}`;
}
