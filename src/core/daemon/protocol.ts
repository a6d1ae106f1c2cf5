import type { AlarmAct } from '../alarms/acts.ts';
import { type HistoryEvent, isHistoryEvent } from '../history/history-event.ts';
import { jsonText } from '../json-text.ts';

/** The version of what is said over the daemon's socket: one JSON line asks, JSON lines answer. */
const PROTOCOL = 1;

/** What one must have in common with a daemon so that what it heard is what one would have heard oneself. */
export interface Likeness {
  /** Of the house as it is written, a digest. */
  readonly house: string;
  readonly url: string;
  readonly user: string | null;
  /** Of password and certificates, a digest; `null` where whoever asks gives no password. */
  readonly login: string | null;
  /** The client identifier; `null` where whoever asks leaves it to chance. */
  readonly id: string | null;
  /** Absolute paths; `null` where none is followed. */
  readonly acl: string | null;
  readonly brokerLog: string | null;
}

interface Line {
  readonly hometui: typeof PROTOCOL;
  /** Of the hometui that asks: another one may mean other things by the same words. */
  readonly version: string;
  readonly like: Likeness;
}

/**
 * What is asked: all that is known; to note what was done to the house from here, which only we know; the alarms, where they
 * are others than those of a revision; to do something to alarms.
 */
export type Question =
  | (Line & { readonly ask: 'state' })
  | (Line & { readonly ask: 'note'; readonly event: HistoryEvent })
  | (Line & AlarmQuestion);

/** What of the alarms is known already: the last change by its number, and the revision of the book; `null` for nothing. */
export interface KnownAlarms {
  readonly change: number | null;
  readonly revision: number | null;
}

/** A question about alarms. */
export type AlarmQuestion =
  | { readonly ask: 'alarms'; readonly known: KnownAlarms }
  | { readonly ask: 'alarm-act'; readonly ids: readonly string[]; readonly act: AlarmAct };

/** The first line of an answer. Only where nothing differs the state follows it, packed, in a line of its own. */
export interface AnswerHead {
  readonly hometui: typeof PROTOCOL;
  readonly version: string;
  readonly pid: number;
  /** When the daemon was started, ms since 1970. */
  readonly startedAt: number;
  readonly differs: readonly Difference[];
  /** The house file that it follows, absolute; `null` for a preset. */
  readonly houseFile: string | null;
  /** What it has to say of itself, each in one sentence without a full stop. */
  readonly issues: readonly string[];
}

/** In what the one who asks is not like the daemon. */
export type Difference = keyof Likeness | 'version';

/** The question as a line, with its line feed. */
export function questionLine(version: string, like: Likeness): string {
  return `${jsonText({ hometui: PROTOCOL, version, ask: 'state', like } satisfies Question)}\n`;
}

/** What is to be noted as a line, with its line feed. */
export function noteLine(version: string, like: Likeness, event: HistoryEvent): string {
  return `${jsonText({ hometui: PROTOCOL, version, ask: 'note', like, event } satisfies Question)}\n`;
}

/** A question about alarms as a line, with its line feed. */
export function alarmLine(version: string, like: Likeness, question: AlarmQuestion): string {
  return `${jsonText({ hometui: PROTOCOL, version, like, ...question } satisfies Question)}\n`;
}

/** The first line of an answer, with its line feed. */
export function headLine(head: Omit<AnswerHead, 'hometui'>): string {
  return `${jsonText({ hometui: PROTOCOL, ...head } satisfies AnswerHead)}\n`;
}

/** Reads a question; `null` for what is none, as that of another protocol. */
export function parseQuestion(line: string): Question | null {
  const read = parseObject(line);
  const isLine = read?.hometui === PROTOCOL && typeof read.version === 'string' && isObject(read.like);
  return isLine && isAsked(read) ? (read as unknown as Question) : null;
}

function isAsked({ ask, event, known, ids, act }: Readonly<Record<string, unknown>>): boolean {
  switch (ask) {
    case 'state':
      return true;
    case 'note':
      return isHistoryEvent(event);
    case 'alarms':
      return isObject(known) && [known.change, known.revision].every(one => one === null || Number.isInteger(one));
    case 'alarm-act':
      return Array.isArray(ids) && ids.every(id => typeof id === 'string') && isAlarmAct(act);
    default:
      return false;
  }
}

function isAlarmAct(act: unknown): boolean {
  if (!isObject(act) || !isTextOrNull(act.by)) return false;
  if (act.kind === 'shelve') return Number.isFinite(act.forMs) && isTextOrNull(act.reason);
  return act.kind === 'acknowledge' || act.kind === 'unshelve';
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === 'string';
}

/** Reads the first line of an answer; `null` for what is none, as that of another protocol. */
export function parseHead(line: string): AnswerHead | null {
  const read = parseObject(line);
  const isHead =
    read?.hometui === PROTOCOL &&
    typeof read.version === 'string' &&
    typeof read.pid === 'number' &&
    typeof read.startedAt === 'number' &&
    Array.isArray(read.differs) &&
    (read.houseFile === null || typeof read.houseFile === 'string') &&
    Array.isArray(read.issues) &&
    read.issues.every(issue => typeof issue === 'string');
  return isHead ? (read as unknown as AnswerHead) : null;
}

const KEYS: readonly (keyof Likeness)[] = ['house', 'url', 'user', 'login', 'id', 'acl', 'brokerLog'];
/** What does not count where whoever asks does not name it. */
const MAY_LACK: readonly (keyof Likeness)[] = ['login', 'id'];

/** In what the one who asks is not like the daemon. */
export function differencesOf(asking: Likeness, daemon: Likeness): readonly (keyof Likeness)[] {
  return KEYS.filter(key => asking[key] !== daemon[key] && !(MAY_LACK.includes(key) && asking[key] === null));
}

/** A difference as a clause about the daemon. */
export const DIFFERENCES: Readonly<Record<Difference, string>> = {
  version: 'it is of another version',
  house: 'it has another house',
  url: 'it is connected to another address',
  user: 'it is logged in as another user',
  login: 'it is logged in with another password or certificate',
  id: 'it has another client identifier',
  acl: 'it follows another ACL file or none',
  brokerLog: "it follows another broker's log or none",
};

function parseObject(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const read: unknown = JSON.parse(line);
    return isObject(read) ? read : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
