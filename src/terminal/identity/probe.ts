import type { TerminalClock } from '../device/clock.ts';
import { addReply, NO_REPLIES, type ProbeReplies, type TerminalReply } from './probe-replies.ts';

/** How a terminal is asked. */
export interface ProbeOptions {
  /** Sends the questions. */
  readonly send: (text: string) => void;
  /** Where the answers are heard: `TerminalInput.onReply`. What comes too late is dropped there, never taken for keys. */
  readonly onReply: (listener: (reply: TerminalReply) => void) => () => void;
  /** Value of TERM: simple terminals get simple questions. */
  readonly term: string;
  /** How long to wait for the last answer, ms. */
  readonly timeoutMs?: number;
  readonly clock: Pick<TerminalClock, 'after'>;
}

/**
 * Asks the terminal what it is. Resolves when it has answered the last question or the time is over, never rejects.
 * Prints one `é` at the start of the current line and erases it again: the line must be free.
 */
export function probeTerminal(options: ProbeOptions): Promise<ProbeReplies> {
  const { send, onReply, term, timeoutMs = 150, clock } = options;
  const questions = questionsFor(term);
  if (questions === '') return Promise.resolve(NO_REPLIES);
  return new Promise(resolve => {
    let replies = NO_REPLIES;
    const finish = () => {
      timer.cancel();
      stopListening();
      resolve(replies);
    };
    const timer = clock.after(timeoutMs, finish);
    const stopListening = onReply(reply => {
      replies = addReply(replies, reply);
      if (replies.isComplete) finish();
    });
    send(questions);
  });
}

const ERASE_LINE = '\r\u001b[K';
const WIDTH_OF_E_ACUTE = '\ré\u001b[6n';
const PRIMARY_ATTRIBUTES = '\u001b[c';

/** DA2, XTVERSION and DECRQM 2026; a terminal that prints part of them has it erased with the `é`. */
const MODERN = '\u001b[>c\u001b[>0q\u001b[?2026$p';

/**
 * The questions, primary Device Attributes last: every terminal answers them, and in order. `^E` is not asked, since
 * its answer could not be told from typing, nor are old consoles asked what they might take for something else.
 */
export function questionsFor(term: string): string {
  if (term === '' || term === 'dumb' || term === 'unknown') return '';
  const isSimple = /^(linux|vt\d|ansi|cons)/.test(term);
  return `${isSimple ? '' : MODERN}${WIDTH_OF_E_ACUTE}${ERASE_LINE}${PRIMARY_ATTRIBUTES}`;
}
