import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { cleanText } from '../core/clean-text.ts';
import type { HomeEvent } from '../core/home/event.ts';
import type { Issue } from '../core/issue.ts';
import type { Clock } from './clock.ts';
import { createLineSplitter } from './log-tail/line-splitter.ts';
import { emitLogLine } from './log-tail/log-event.ts';
import type { LogTail } from './log-tail.ts';

export interface JournalTailSetup {
  readonly clock: Clock;
  readonly emit: (event: HomeEvent) => void;
  /** `journalctl`, unless a test names its own. */
  readonly program?: string;
}

/** The last lines are read too, to learn who logged in under which client identifier. */
const BACKLOG_LINES = 200;
/** A program that does not end when told to, ms. */
const END_LIMIT_MS = 1_000;

type Child = ChildProcessByStdio<null, Readable, Readable>;

/**
 * Follows the journal of the unit mosquitto by journalctl(1): `log-line-read` for each line that says something,
 * `issue-found` where the program is missing, may not read the journal or ends. `close` ends it.
 */
export function openJournalTail({ clock, emit, program = 'journalctl' }: JournalTailSetup): LogTail {
  const args = ['-u', 'mosquitto', '-f', '-n', String(BACKLOG_LINES), '-o', 'short-iso-precise'];
  // Its messages are told apart by their words, so they must be the English ones.
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C' } });
  let isClosed = false;
  let said = '';
  const report = (issue: Issue): void => {
    if (!isClosed) emit({ type: 'issue-found', at: clock.now(), issue });
  };
  const lines = createLineSplitter(line => {
    if (!isClosed) emitLogLine(line, 'journal', clock, emit);
  });
  const complaints = createLineSplitter(line => {
    said = line;
    const issue = describeComplaint(line);
    if (issue !== null) report(issue);
  });
  child.stdout.on('data', chunk => lines.push(chunk));
  child.stderr.on('data', chunk => complaints.push(chunk));
  child.on('error', error => report(describeStartFailure(program, error)));
  child.on('close', code => {
    if (child.pid !== undefined) report(describeEnd(code, said));
  });
  return {
    close: async () => {
      isClosed = true;
      await end(child, clock);
    },
  };
}

const FILE_INSTEAD = 'Give the log file instead: --broker-log /var/log/mosquitto/mosquitto.log';

/** By the notices of journalctl, as of systemd 247 to 257. */
function describeComplaint(line: string): Issue | null {
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

function describeStartFailure(program: string, error: Error): Issue {
  const isMissing = 'code' in error && error.code === 'ENOENT';
  const why = isMissing ? 'there is no such program here' : cleanText(error.message);
  return { severity: 'warning', message: `${cleanText(program)} cannot be started: ${why}`, cure: FILE_INSTEAD };
}

function describeEnd(code: number | null, said: string): Issue {
  const how = code === null ? 'was ended' : `ended with exit code ${code}`;
  const words = said === '' ? '' : `: ${cleanText(said)}`;
  return {
    severity: 'warning',
    message: `journalctl ${how}${words}; its lines are no longer read`,
    cure: FILE_INSTEAD,
  };
}

async function end(child: Child, clock: Clock): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>(resolve => child.once('close', () => resolve()));
  child.kill('SIGTERM');
  const hard = clock.after(END_LIMIT_MS, () => child.kill('SIGKILL'));
  await gone;
  hard.cancel();
}
