import { join } from 'node:path';
import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import type { World } from '../../app/world.ts';
import { assertNever } from '../../core/assert-never.ts';
import { clockText, twoDigits } from '../../core/moment-text.ts';
import type { PlannedFile, Reader } from '../../core/mosquitto/setup/plan.ts';
import { isRoot } from '../../io/broker-setup/machine.ts';
import { brokerUser } from '../../io/broker-setup/mosquitto-program.ts';
import { digest } from '../../io/file-set/journal.ts';
import { type Recovery, recoverSet, type SetFault, undoSet } from '../../io/file-set/recover.ts';
import { type SetFile, writeSet } from '../../io/file-set/write-set.ts';
import { fileFaultOf } from '../../io/files/text-file.ts';
import { failureOfChange } from '../files/broker-file.ts';
import type { Compared } from './setup-report.ts';

/** Where the way back is kept. */
function journalOf(folder: string): string {
  return join(folder, '.hometui-setup.json');
}

/** Puts all files in their places as one; `user` is whom the broker becomes. Throws a `Failure` (74); then all is as it was. */
export function writeFiles(folder: string, files: readonly Compared[], user: string | undefined, world: World): void {
  const { stamp, text } = stampOf(world);
  const written = writeSet({
    ...{ journal: journalOf(folder), stamp, writtenAt: text },
    files: files.map(({ file, old }) => asSetFile(folder, file, old, user)),
  });
  if (!written.ok) throw setFailure(written.error);
}

/** Brings to an end what an earlier set-up was killed in. Throws a `Failure` (74). */
export function recover(folder: string): Recovery {
  return attempt(() => recoverSet(journalOf(folder)), folder);
}

/** What was brought to an end, in words; empty where there was nothing. */
export function recoveryText(recovered: Recovery, folder: string): string {
  switch (recovered) {
    case 'nothing':
      return '';
    case 'finished':
      return `An earlier set-up in ${folder} was broken off when its files lay ready: it was finished.\n`;
    case 'taken-back':
      return `An earlier set-up in ${folder} was broken off: what it left was taken away.\n`;
    default:
      return assertNever(recovered);
  }
}

/** Takes the last set-up of the folder back and says what that was. Throws a `Failure`: 66 where there is none, 74. */
export function undo(folder: string): string {
  const undone = attempt(() => undoSet(journalOf(folder)), folder, undoFailure);
  if (undone === null) {
    const message = `${folder} has no set-up that could be taken back`;
    throw new Failure(ExitCode.noInput, message, 'Name its folder with --dir.');
  }
  const lines = undone.files.map(({ path, backup }) => `    ${path}: ${backup === null ? 'removed' : 'as before'}\n`);
  return `The set-up of ${undone.writtenAt} is taken back:\n${lines.join('')}`;
}

function attempt<Value>(
  act: () => { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: SetFault },
  folder: string,
  failureOf: (fault: SetFault, folder: string) => Failure = setFailure,
): Value {
  try {
    const done = act();
    if (done.ok) return done.value;
    throw failureOf(done.error, folder);
  } catch (error) {
    if (error instanceof Failure || !(error instanceof Error)) throw error;
    // What the system says has a code; what is wrong with the journal itself is told as it is.
    const why = 'code' in error ? fileFaultOf(error).why : error.message;
    const message = `the journal of the last set-up in ${folder} cannot be used: ${why}`;
    throw new Failure(ExitCode.output, message, `Look at ${journalOf(folder)}.`);
  }
}

/** Of what somebody else has done since nothing is thrown away, and trying again would change nothing. */
function undoFailure(fault: SetFault, folder: string): Failure {
  if (fault.code !== 'ECHANGED') return setFailure(fault);
  const names = `${journalOf(folder)} names the files of that set-up and their backups`;
  const cure = `Nothing was changed, or what was done since would be lost. ${names}: take them back by hand.`;
  return new Failure(ExitCode.output, `${fault.path} cannot be changed: ${fault.why}`, cure);
}

function setFailure({ path, ...fault }: SetFault): Failure {
  if (fault.code === 'EPARTLY') {
    const cure = 'Make that right, and run hometui setup again: it begins with ending what is not at its end.';
    return new Failure(ExitCode.output, `${path} cannot be changed: ${fault.why}`, cure);
  }
  return failureOfChange(path, fault);
}

function asSetFile(
  folder: string,
  { name, content, reader }: PlannedFile,
  old: Uint8Array | null,
  user: string | undefined,
): SetFile {
  return {
    ...{ path: join(folder, name), content, mode: reader === 'everybody' ? 0o644 : 0o600 },
    ...{ owner: ownerFor(reader, user), before: old === null ? null : digest(old) },
  };
}

/** As the broker wants them: mosquitto 2.1 warns of files of others, and will refuse them. */
function ownerFor(reader: Reader, user: string | undefined): SetFile['owner'] {
  if (!isRoot()) return null;
  return reader === 'broker' ? (brokerUser(user) ?? { uid: 0, gid: 0 }) : { uid: 0, gid: 0 };
}

/** The time of day, for the names of backups and for people. */
function stampOf({ clock }: World): { readonly stamp: string; readonly text: string } {
  const at = new Date(clock.wallNow());
  const day = [at.getFullYear(), twoDigits(at.getMonth() + 1), twoDigits(at.getDate())].join('-');
  const text = `${day} ${clockText(at.getTime())}`;
  return { stamp: text.replace(/[-:]/g, '').replace(' ', '-'), text };
}
