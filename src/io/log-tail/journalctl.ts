import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { cleanText } from '../../core/clean-text.ts';
import type { Issue } from '../../core/issue.ts';

/** journalctl(1) at work. */
export type Journalctl = ChildProcessByStdio<null, Readable, Readable>;

/** Asks for lines of the unit mosquitto, each with its time. */
export function startJournalctl(program: string, args: readonly string[]): Journalctl {
  const own = ['-u', 'mosquitto', ...args, '-o', 'short-iso-precise'];
  // Its messages are told apart by their words, so they must be the English ones.
  return spawn(program, own, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C' } });
}

/** What helps where there is no journal to be read. */
export const FILE_INSTEAD = 'Give the log file instead: --broker-log /var/log/mosquitto/mosquitto.log';

/** What it complains of, by its notices, as of systemd 247 to 257; `null` for others. */
export function describeComplaint(line: string): Issue | null {
  const severity = 'warning';
  if (/insufficient permissions|not seeing messages|Permission denied/i.test(line)) {
    const cure = 'Be in the group systemd-journal (usermod -aG systemd-journal USER), and log in again.';
    return { severity, message: 'the journal cannot be read: permission denied', cure };
  }
  if (/No journal files were found/i.test(line)) {
    return { severity, message: 'this machine keeps no journal', cure: FILE_INSTEAD };
  }
  return null;
}

/** Why it did not start. */
export function describeStartFailure(program: string, error: Error): Issue {
  const isMissing = 'code' in error && error.code === 'ENOENT';
  const why = isMissing ? 'there is no such program here' : cleanText(error.message);
  return { severity: 'warning', message: `${cleanText(program)} cannot be started: ${why}`, cure: FILE_INSTEAD };
}
