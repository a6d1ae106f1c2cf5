import type { Denial } from './state/broker.ts';
import type { ClientState } from './state/client.ts';
import type { HomeEvent } from './state/event.ts';
import type { JournalEntry } from './state/journal.ts';
import type { Reading } from './state/reading.ts';
import type { HomeState } from './state/state.ts';
import type { SwitchState } from './state/switch.ts';
import { getRow, mapRows } from './state/table.ts';
import type { WordReading } from './state/word.ts';

/**
 * Takes over what another process of ours has heard: of each sensor, switch and client what was heard last, by it or by
 * us. Nothing is live for that: it is once we listen. Where it was asked after we had begun to, somebody has listened all
 * the time, first it and then both, and so silence and freshness count from when it began.
 */
export function takePast(state: HomeState, event: HomeEvent & { type: 'past-heard' }): HomeState {
  const { past, askedAt } = event;
  const readings = mapRows(state.readings, (row, id) => takeReading(row, getRow(past.readings, id) ?? row));
  const words = mapRows(state.words, (row, id) => takeWord(row, getRow(past.words, id) ?? row));
  const switches = mapRows(state.switches, (row, id) => takeSwitch(row, getRow(past.switches, id) ?? row));
  const clients = mapRows(state.clients, (row, id) => takeClient(row, getRow(past.clients, id) ?? row));
  const isWithoutGap = state.listeningSince !== null && past.listeningSince !== null && askedAt >= state.listeningSince;
  const listeningSince = isWithoutGap
    ? Math.min(state.listeningSince ?? 0, past.listeningSince ?? 0)
    : state.listeningSince;
  const alarms = past.alarms ?? state.alarms;
  // What we have heard ourselves came later.
  const presences = past.presences.size === 0 ? state.presences : new Map([...past.presences, ...state.presences]);
  const heard = { ...state, readings, words, switches, clients, presences, listeningSince, alarms };
  return event.isFirst ? takeStory(heard, past) : heard;
}

const NEVER = Number.NEGATIVE_INFINITY;

type Heard = Pick<Reading | ClientState, 'heardAt'>;

function takeReading(own: Reading, past: Reading): Reading {
  const { series } = own;
  const isAllThereIs = own.heardAt === null && own.value === null;
  if (isAllThereIs || hasHeardAsMuch(past, own)) return { ...past, series };
  // Who has listened for longer knows it better.
  const cadence = past.cadence.intervals.length < own.cadence.intervals.length ? own.cadence : past.cadence;
  return { ...own, cadence, learnedRange: past.learnedRange ?? own.learnedRange };
}

/** What both have heard at the same moment, the other knows no worse. */
function hasHeardAsMuch(past: Heard, own: Heard): boolean {
  return past.heardAt !== null && past.heardAt >= (own.heardAt ?? NEVER);
}

/** The later word of the two, where its age is known; what was counted by the one that has listened for longer. */
function takeWord(own: WordReading, past: WordReading): WordReading {
  const [mine, theirs] = [own, past].map(row => (row.isRetained ? NEVER : (row.receivedAt ?? NEVER))) as [
    number,
    number,
  ];
  const later = own.word === null || theirs > mine ? past : own;
  const isLonger = past.countedSince !== null && past.countedSince < (own.countedSince ?? Number.POSITIVE_INFINITY);
  const { count, countedSince } = isLonger ? past : own;
  return { ...later, count, countedSince };
}

/** What we have asked of it ourselves is ours alone. */
function takeSwitch(own: SwitchState, past: SwitchState): SwitchState {
  if (own.command !== null || own.verdict !== null) return own;
  const known = {
    ...own,
    repeatsItself: own.repeatsItself || past.repeatsItself,
    slowestAnswerMs: Math.max(own.slowestAnswerMs, past.slowestAnswerMs),
  };
  const [mine, theirs] = [own, past].map(row => (row.isRetained ? NEVER : (row.receivedAt ?? NEVER))) as [
    number,
    number,
  ];
  if (theirs < mine || (own.position !== null && theirs === mine)) return known;
  const { position, receivedAt, isRetained, changedAt, fault } = past;
  return { ...known, position, receivedAt, isRetained, changedAt, fault };
}

function takeClient(own: ClientState, past: ClientState): ClientState {
  const isAllThereIs = own.heardAt === null && own.said === null && own.offline === null;
  if (isAllThereIs || hasHeardAsMuch(past, own)) return past;
  return past.cadence.source === 'assumed' ? own : { ...own, cadence: past.cadence };
}

/**
 * What happened before: denials, the journal without what was about the other's own link and files, and what is known of
 * the broker. Its lines get numbers before all of ours.
 */
function takeStory(state: HomeState, past: HomeState): HomeState {
  const before = <Entry extends { readonly id: number }>(entries: readonly Entry[]): readonly Entry[] =>
    entries.map(entry => ({ ...entry, id: entry.id - past.nextId }));
  // Its own login is none of ours.
  const isOfOthers = ({ access, evidence }: Denial): boolean => access !== 'connect' || evidence !== 'refused';
  const isOfHouse = ({ kind }: JournalEntry): boolean => kind !== 'link' && kind !== 'issue';
  return {
    ...state,
    journal: [...before(past.journal.filter(isOfHouse)), ...state.journal],
    denials: [...state.denials, ...before(past.denials.filter(isOfOthers))],
    broker: state.broker.version === null ? past.broker : state.broker,
    aclBroken: state.aclBroken ?? past.aclBroken,
    setUpHeard: state.setUpHeard ?? past.setUpHeard,
    logins: new Map([...past.logins, ...state.logins]),
  };
}
