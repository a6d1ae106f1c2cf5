// A process that counts in a file under its lock, and leaves a lock of a dead process behind each time, as one that is
// killed does. Arguments: file, rounds.
import { readFileSync, writeFileSync } from 'node:fs';
import { lockOf, withFileLock } from '../../../src/io/files/file-lock.ts';
import { ownMark } from '../../../src/io/running-process.ts';

const [, , file = '', rounds = ''] = process.argv;
const dead = JSON.stringify({ ...ownMark(), startedAt: 'never' });
for (let round = 0; round < Number(rounds); round++) {
  withFileLock(file, () => writeFileSync(file, String(Number(readFileSync(file, 'utf8')) + 1)));
  try {
    writeFileSync(lockOf(file), dead, { flag: 'wx' });
  } catch {
    // Another one has it already.
  }
}
// The last one of all is broken by nobody.
withFileLock(file, () => {});
