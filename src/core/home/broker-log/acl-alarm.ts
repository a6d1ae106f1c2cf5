import { cleanText } from '../../clean-text.ts';
import type { AclAlarm } from '../state/broker.ts';
import { addToJournal } from '../state/journal.ts';
import type { HomeState } from '../state/state.ts';
import { endsOnBrokenFile } from './broker-life.ts';

/**
 * After a reload the broker says at once what is wrong with its files, in lines of their own: only when nothing of that
 * was heard for so long, ms, is the list believed to be in force.
 */
const SILENCE_MS = 1_000;

/**
 * A line that was written so long ago, ms, was there before it was read, and what follows it too. Stamps are whole
 * seconds, and a log is read a little late: a younger one may be the last that is there yet.
 */
const LATE_LINE_MS = 3_000;

/** The broker says that it cannot use its list. It does so in two lines: one alarm, the first words. */
export function raiseAclAlarm(state: HomeState, detail: string, at: number): HomeState {
  if (state.aclBroken !== null && state.aclBroken.reloadedAt === null) return state;
  const next = keepAclAlarm(state, detail, at);
  if (next.aclBroken === null) return next;
  const { text } = describeAclAlarm(next, next.aclBroken);
  return addToJournal(next, { level: 'critical', kind: 'broker', subject: null, text: `t${text.slice(1)}` });
}

/**
 * What the alarm means, with what to do about it. Up to mosquitto 2.0 the broker goes on without a list, from 2.1 on it
 * ends: where the version is not known, both are said.
 */
export function describeAclAlarm(
  { broker }: HomeState,
  { detail }: AclAlarm,
): { readonly text: string; readonly cure: string } {
  const ends = endsOnBrokenFile(broker.version);
  const cannot = `The broker cannot use its access control list: ${detail}`;
  if (ends === false) {
    return {
      text: `The broker runs WITHOUT its access control list: ${detail}`,
      cure: 'Everybody may read and write everything. Mend the acl_file, then reload: sudo systemctl reload mosquitto',
    };
  }
  const mend = 'Mend the acl_file, then: sudo systemctl reload-or-restart mosquitto';
  if (ends === true) return { text: cannot, cure: `mosquitto ${broker.version} ends then. ${mend}` };
  return {
    text: cannot,
    cure: `Up to mosquitto 2.0 it runs on WITHOUT the list: everybody may read and write everything; from 2.1 on it ends. ${mend}`,
  };
}

/** The same, heard by a second way: it is told once, and no reload before it ends the alarm. */
export function keepAclAlarm(state: HomeState, detail: string, at: number): HomeState {
  if (state.aclBroken !== null && state.aclBroken.reloadedAt === null) return state;
  // At a start it does not run at all.
  if (state.broker.isStarting) return state;
  return { ...state, aclBroken: { at, detail: cleanText(detail, 160), reloadedAt: null } };
}

/**
 * The broker reads its files again, `at` in ms: the alarm ends if it has nothing to say against them. `isPast`: the line
 * stood there before the log was followed, and so did what it had to say. Until then the alarm stays, be the reload of
 * long ago: the very next line may be the broker's complaint.
 */
export function noteReload(state: HomeState, at: number, isPast: boolean): HomeState {
  if (state.aclBroken === null) return state;
  const isWhole = isPast || state.at - at >= LATE_LINE_MS;
  return { ...state, aclBroken: { ...state.aclBroken, reloadedAt: isWhole ? at : state.at } };
}

/** When the alarm ends if the broker says no more, ms; `null` where there is none or nothing was reloaded since. */
export function aclAlarmEndsAt({ aclBroken }: HomeState): number | null {
  const reloadedAt = aclBroken?.reloadedAt ?? null;
  return reloadedAt === null ? null : reloadedAt + SILENCE_MS;
}

/** Ends the alarm when the broker was silent for long enough after a reload. */
export function endAclAlarm(state: HomeState): HomeState {
  if (state.at < (aclAlarmEndsAt(state) ?? Number.POSITIVE_INFINITY)) return state;
  const text = 'the broker has its access control list again: since its reload it says nothing against it';
  return addToJournal({ ...state, aclBroken: null }, { level: 'good', kind: 'broker', subject: null, text });
}
