import { cleanText } from '../../core/clean-text.ts';
import type { HomeEvent } from '../../core/home/state/event.ts';
import type { Issue } from '../../core/issue.ts';
import type { Clock } from '../clock.ts';
import {
  describeComplaint,
  describeStartFailure,
  FILE_INSTEAD,
  type Journalctl,
  startJournalctl,
} from './journalctl.ts';
import { createLineSplitter } from './line-splitter.ts';
import { emitLogLine } from './log-event.ts';
import type { LogTail } from './log-tail.ts';
import { watchUnreadLines } from './unread-lines.ts';

export interface JournalTailSetup {
  readonly clock: Clock;
  readonly emit: (event: HomeEvent) => void;
  /** `journalctl`, unless a test names its own. */
  readonly program?: string;
}

/** The last lines are read too, to learn who logged in under which client identifier. */
const BACKLOG_LINES = 200;
/** How long it takes until the program has told of them, ms: it does not say when it has. */
const BACKLOG_MS = 1_500;
/** A program that does not end when told to, ms. */
const END_LIMIT_MS = 1_000;

/**
 * How the broker stands is asked beside it: its last starts and reloads, and what it then said of its ACL. In Perl's
 * regular expressions, which journalctl searches by: what stands before is mosquitto's own stamp or nothing, or else the
 * names of a few clients could fill the answer.
 */
const STAMP = '(?>([A-Z][a-z]{2},? )*[0-9][0-9A-Za-z:.,+/ -]*?[0-9Z]( [A-Z]{2,5})?: )';
const WORDS = String.raw`(Reloading config\.$|mosquitto version \S+ (starting|running|terminating)$|Error.* (acl[ _]file|password file|pwfile) )`;
const STANDING_ARGS = ['-r', '-n', '100', '-g', `^${STAMP}?${WORDS}`];
/** A journal on an SD card that holds no such line is read from end to end, ms. */
const STANDING_LIMIT_MS = 120_000;

/**
 * Follows the journal of the unit mosquitto by journalctl(1): `log-line-read` for each line that says something,
 * `issue-found` where the program is missing, may not read the journal or ends. `close` ends it.
 */
export function openJournalTail({ clock, emit, program = 'journalctl' }: JournalTailSetup): LogTail {
  const child = startJournalctl(program, ['-f', '-n', String(BACKLOG_LINES)]);
  let isClosed = false;
  let tellsOfSetUp = false;
  let said = '';
  const report = (issue: Issue): void => {
    if (!isClosed) emit({ type: 'issue-found', at: clock.now(), issue });
  };
  // Each line of the journal has its time.
  const tell = (line: string): boolean =>
    !isClosed && emitLogLine(line, { source: 'journal', isPast: false }, clock, emit);
  const hearUnread = watchUnreadLines('the journal of the unit mosquitto', clock, event => {
    if (!isClosed) emit(event);
  });
  const lines = createLineSplitter(line => {
    // journalctl's own words: "-- Boot …", "-- No entries --".
    if (!line.startsWith('-- ')) hearUnread(line);
    if (tell(line)) tellsOfSetUp = true;
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
  const standing = askHowItStands(program, clock, older => {
    // What is followed is newer: where it tells of a start or a reload, the older one is of no interest.
    if (!tellsOfSetUp) for (const line of older) tell(line);
  });
  return {
    caughtUp: new Promise(resolve => clock.after(BACKLOG_MS, resolve, { isBackground: true })),
    close: async () => {
      isClosed = true;
      await Promise.all([end(child, clock), end(standing, clock)]);
    },
  };
}

/**
 * Asks for the lines by which the broker says whether its ACL is in force, oldest first; none where the program cannot
 * search. What is wrong with it otherwise, the one that follows says too.
 */
function askHowItStands(program: string, clock: Clock, onLines: (lines: readonly string[]) => void): Journalctl {
  const child = startJournalctl(program, STANDING_ARGS);
  const newestFirst: string[] = [];
  const lines = createLineSplitter(line => void newestFirst.push(line));
  child.stdout.on('data', chunk => lines.push(chunk));
  child.stderr.resume();
  const limit = clock.after(STANDING_LIMIT_MS, () => child.kill('SIGTERM'), { isBackground: true });
  child.on('error', () => limit.cancel());
  child.on('close', () => {
    limit.cancel();
    onLines(newestFirst.reverse());
  });
  return child;
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

async function end(child: Journalctl, clock: Clock): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>(resolve => child.once('close', () => resolve()));
  child.kill('SIGTERM');
  const hard = clock.after(END_LIMIT_MS, () => child.kill('SIGKILL'));
  await gone;
  hard.cancel();
}
