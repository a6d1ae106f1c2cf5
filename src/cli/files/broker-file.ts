import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { shownWord } from '../../core/to-copy.ts';
import type { FileFault } from '../../io/files/text-file.ts';

const WITH_RIGHTS = 'Run this as the user that the file belongs to, or with sudo.';
const OTHER_FILE = 'Name the file that is meant.';
const CURES: Readonly<Record<string, string>> = {
  ECHANGED: 'Look at it, and run this again.',
  EBUSY: 'Wait until that one is done.',
  EIMMUTABLE: 'If it is to be changed, take the mark away with chattr -i, and run this again.',
  ENOSPC: 'Make room on the disk.',
  EACCES: WITH_RIGHTS,
  EPERM: WITH_RIGHTS,
  EISDIR: OTHER_FILE,
  ENOENT: OTHER_FILE,
  ENOTDIR: OTHER_FILE,
  ENOTFILE: OTHER_FILE,
};

/** The failure (74) for a file of the broker's that could not be changed; then it is as it was. */
export function failureOfChange(path: string, { code, why }: FileFault): Failure {
  const cure = `${CURES[code] ?? ''} Nothing was changed.`.trimStart();
  return new Failure(ExitCode.output, `${path} cannot be changed: ${why}`, cure);
}

/** What a file that was not there before still needs. */
export function newFileText(path: string): string {
  return `${path} is new, mode 0600. Give it to the broker: sudo chown mosquitto: ${shownWord(path)}\n`;
}
