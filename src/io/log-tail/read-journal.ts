import type { Issue } from '../../core/issue.ts';
import { fail, ok, type Result } from '../../core/result.ts';
import type { Clock } from '../clock.ts';
import { describeComplaint, describeStartFailure, startJournalctl } from './journalctl.ts';
import { createLineSplitter } from './line-splitter.ts';

/** So many of the last lines are read: days of a house with `log_type debug`. */
const MOST_LINES = 50_000;
/** A journal on an SD card takes its time, ms; what has come by then is taken. */
const LIMIT_MS = 30_000;

/** The last lines of the unit mosquitto in the journal, oldest first; the error is why there are none. */
export function readJournal(clock: Clock, program = 'journalctl'): Promise<Result<readonly string[], Issue>> {
  const child = startJournalctl(program, ['--no-pager', '-n', String(MOST_LINES)]);
  const read: string[] = [];
  let complaint: Issue | null = null;
  // Its own words: "-- Boot …", "-- No entries --".
  const lines = createLineSplitter(line => void (line.startsWith('-- ') || read.push(line)));
  const complaints = createLineSplitter(line => {
    complaint ??= describeComplaint(line);
  });
  child.stdout.on('data', chunk => lines.push(chunk));
  child.stderr.on('data', chunk => complaints.push(chunk));
  const limit = clock.after(LIMIT_MS, () => child.kill('SIGKILL'));
  return new Promise(resolve => {
    child.on('error', error => {
      limit.cancel();
      resolve(fail(describeStartFailure(program, error)));
    });
    child.on('close', () => {
      limit.cancel();
      resolve(complaint !== null && read.length === 0 ? fail(complaint) : ok(read));
    });
  });
}
