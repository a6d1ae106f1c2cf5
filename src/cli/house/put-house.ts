import { ExitCode } from '../../app/exit-code.ts';
import { Failure, failureOfIssues } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { cleanLines } from '../../core/clean-text.ts';
import { type HouseAdditions, mergeIntoHouse, newHouse } from '../../core/house/merge.ts';
import { parseHouse } from '../../core/house/parse.ts';
import type { HouseConfig } from '../../core/house/schema.ts';
import { changeFile, readForChange } from '../../io/files/change-file.ts';
import { cureOfOwnFile } from '../../io/files/file-facts.ts';
import { keepCopy } from '../../io/files/keep-copy.ts';
import type { Flags } from '../args/options.ts';
import { askYes, canAsk } from '../stdio/ask.ts';
import { print } from '../stdio/output.ts';

/** A house file that something is to come into. */
export interface TargetHouse {
  readonly path: string;
  /** What stands there; `null`: nothing yet. */
  readonly text: string | null;
  readonly config: HouseConfig | null;
}

/** Reads what something is to come into. Throws a `Failure`: 66 where it cannot be read, 78 where it is broken. */
export function readTargetHouse(path: string): TargetHouse {
  const before = readForChange(path);
  if (!before.ok) {
    const cure = cureOfOwnFile(before.error, path, 'Check the path.');
    throw new Failure(ExitCode.noInput, `${path} cannot be read: ${before.error.why}`, cure);
  }
  if (before.value === null) return { path, text: null, config: null };
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(before.value);
  const house = parseHouse(text, path);
  if (!house.ok) throw failureOfIssues(ExitCode.config, house.error);
  return { path, text, config: house.value };
}

/**
 * Puts additions into a house file, after a question where one is there; with `--dry-run` says only what would be. Throws
 * a `Failure`: 64 where nobody can be asked, 74 where it cannot be written, 78 where the file would be broken, 130 for a no.
 */
export async function putIntoHouse(
  { path, text }: TargetHouse,
  additions: HouseAdditions,
  { dryRun, yes }: Flags,
  world: World,
): Promise<void> {
  const made = text === null ? newHouse(additions, path) : mergeIntoHouse(text, path, additions);
  if (!made.ok) throw failureOfIssues(ExitCode.config, made.error);
  const say = (line: string) => print(world.stdout, cleanLines(`${line}\n`));
  if (made.value === text) {
    await say(`\n${path} has all of it already.`);
    return;
  }
  if (dryRun === true) {
    await say(`\nWould ${text === null ? 'write' : 'add to'} ${path}; nothing is done.`);
    return;
  }
  if (text !== null && yes !== true) await askToAdd(path, world);
  const copy = text === null ? null : keepOld(path, world);
  const written = changeFile(path, content => {
    const now = content === null ? null : new TextDecoder('utf-8', { ignoreBOM: true }).decode(content);
    return { content: now === text ? new TextEncoder().encode(made.value) : null, value: now === text };
  });
  if (!written.ok) {
    throw new Failure(ExitCode.output, `${path} cannot be written: ${written.error.why}`, 'Check who owns it.');
  }
  if (!written.value) {
    throw new Failure(ExitCode.output, `somebody else changed ${path} meanwhile`, 'The same command begins anew.');
  }
  await say(
    copy === null
      ? `\n${path} is written.`
      : `\n${path} has it now; no line of it was taken away, and the one before is ${copy}.`,
  );
}

/** Keeps the file as it was; gives the name of the copy. Throws a `Failure` (74). */
function keepOld(path: string, { clock }: World): string {
  const copy = keepCopy(path, clock.wallNow());
  if (copy.ok) return copy.value;
  const cure = 'Make room, or check who owns the folder: without a copy of the old one nothing is changed.';
  throw new Failure(ExitCode.output, `a copy of ${path} cannot be kept: ${copy.error.why}`, cure);
}

async function askToAdd(path: string, world: World): Promise<void> {
  if (!canAsk(world)) {
    throw new Failure(ExitCode.usage, `${path} is there already`, 'Look at --dry-run, then add to it with --yes.');
  }
  if (await askYes(world, `Add this to ${path}?`)) return;
  throw new Failure(ExitCode.interrupted, `${path} stays as it is`, null);
}
