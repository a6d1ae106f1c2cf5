import { LISTENING_STEP_S } from '../../core/engine/lines.ts';
import { DAY_S, HOUR_S } from '../../core/history/calendar.ts';
import type { Span } from '../../core/history/spans.ts';
import type { Issue } from '../../core/issue.ts';
import type { Clock, Timer } from '../../io/clock.ts';
import type { Engine } from '../../io/engine/engine.ts';
import { type HistoryReader, openHistoryReader } from '../../io/history-store/reader.ts';
import { type Chunk, readChunk, wholeMinutes } from './chunk.ts';
import { createFeedTrouble, type FeedTrouble } from './feed-trouble.ts';
import { openPosition, type Position } from './position.ts';

/** What is fed, from where. */
export interface FeedSetup {
  readonly engine: Engine;
  /** Of the history that is sent: it is the queue. */
  readonly folder: string;
  /** The name under which the house stands there. */
  readonly house: string;
  readonly clock: Clock;
  /** Is told what stands in the way, and `null` when nothing does any more. */
  readonly tell: (issue: Issue | null) => void;
}

/** Sends a history to an engine as it grows, from where the last run stopped. */
export interface Feed {
  /** What was heard in a stretch, seconds since 1970, is on the disk now. */
  readonly committed: (span: Span) => void;
  /** Up to when all has arrived, seconds since 1970; `null` where nothing has yet. */
  readonly sentUntil: () => number | null;
  /** Resolves when nothing is being sent any more; what was not sent is with the next run. */
  readonly close: () => Promise<void>;
}

/** Waits between two tries, ms: doubled each time. VictoriaMetrics tells some seconds later what it has. */
const FIRST_WAIT_MS = 10_000;
const LONGEST_WAIT_MS = 300_000;
/** An engine that wants to be left alone for longer is asked again after this, ms: what it says may be wrong. */
const LONGEST_ASKED_MS = 3_600_000;

/** Opens a feed; nothing is sent before something was committed. */
export function openFeed(setup: FeedSetup): Feed {
  const { clock, folder } = setup;
  const words = createFeedTrouble(setup.engine.address.base, setup.tell);
  const position = openPosition(folder, setup.engine.address.writeUrl, clock);
  const sender = createSender(setup, position, words);
  let committedUntil: number | null = null;
  let waitMs = FIRST_WAIT_MS;
  let timer: Timer | null = null;
  let isClosed = false;
  let working: Promise<void> | null = null;
  const isBehind = (): boolean =>
    committedUntil !== null && wholeMinutes(committedUntil) > (position.sentUntil() ?? Number.NEGATIVE_INFINITY);
  const sendAll = async (): Promise<void> => {
    try {
      const reader = openHistoryReader(folder);
      while (!isClosed && committedUntil !== null && (await sender.sendNext(reader, wholeMinutes(committedUntil)))) {
        waitMs = FIRST_WAIT_MS;
      }
    } catch (error) {
      words.failed(error instanceof Error ? error.message : String(error));
    }
    working = null;
    if (isClosed || !isBehind()) return;
    const askedMs = Math.min(LONGEST_ASKED_MS, sender.askedWaitMs());
    timer = clock.after(Math.max(waitMs, askedMs), start, { isBackground: true });
    waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
  };
  function start(): void {
    timer = null;
    working ??= sendAll();
  }
  return {
    committed: ({ from, until }) => {
      committedUntil = Math.max(committedUntil ?? until, until);
      position.goBack(wholeMinutes(from));
      if (timer === null && isBehind()) start();
    },
    sentUntil: position.sentUntil,
    close: async () => {
      isClosed = true;
      timer?.cancel();
      await working;
      position.note();
    },
  };
}

/** So many lines are sent at once, roughly. */
const GOOD_LINES = 20_000;

/** Sends one part after the other. */
function createSender({ engine, house, clock }: FeedSetup, position: Position, words: FeedTrouble) {
  let chunkS = HOUR_S;
  const start = position.sentUntil();
  // The run before may have come further than it noted.
  let doubtful: Span | null = start === null ? null : { from: start, until: wholeMinutes(clock.wallNow() / 1_000) };
  let askedWaitMs = 0;
  const halve = (): void => {
    chunkS = Math.max(LISTENING_STEP_S, wholeMinutes(chunkS / 2));
  };
  /** What may have arrived without our knowing is asked for, before it is sent again. Whether it is known now. */
  const resolveDoubt = async (): Promise<boolean> => {
    if (doubtful !== null && doubtful.until > doubtful.from && !(await engine.foldsDoubles())) {
      const newest = await engine.newestMinute(house, doubtful);
      if (!newest.ok) {
        words.failed(newest.error);
        return false;
      }
      if (newest.value !== null) position.advance(newest.value + LISTENING_STEP_S);
    }
    doubtful = null;
    return true;
  };
  /** Whether it went well, or can go on without this part. */
  const send = async (chunk: Chunk): Promise<boolean> => {
    const { span, lines } = chunk;
    const outcome = await engine.write(lines.join(''));
    askedWaitMs = outcome.kind === 'failed' ? (outcome.retryAfterMs ?? 0) : 0;
    if (outcome.kind === 'too-much' && chunkS > LISTENING_STEP_S) {
      halve();
      return true;
    }
    if (outcome.kind === 'written') words.settled();
    else words.tell(outcome, chunk);
    if (outcome.kind === 'failed' && outcome.mayBeDone) doubtful = span;
    if (outcome.kind === 'failed' || outcome.kind === 'not-ready') return false;
    position.advance(span.until);
    if (lines.length > GOOD_LINES * 2) halve();
    else if (lines.length < GOOD_LINES / 2) chunkS = Math.min(DAY_S, chunkS * 2);
    return true;
  };
  return {
    /** How long the engine wants to be left alone, by its last answer, ms; 0 where it does not say. */
    askedWaitMs: () => askedWaitMs,
    /** Sends the next part of what ends at `end`; whether there may be more, and it can be sent now. */
    sendNext: async (reader: HistoryReader, end: number): Promise<boolean> => {
      if (!(await resolveDoubt())) return false;
      const range = reader.range();
      if (range === null) return false;
      const from = position.sentUntil() ?? range.first * DAY_S;
      const span = { from, until: Math.min(from + chunkS, end) };
      if (span.until <= span.from) return false;
      const chunk = readChunk(reader, house, span);
      if (chunk.lines.length > 0) return send(chunk);
      position.advance(span.until);
      return true;
    },
  };
}
