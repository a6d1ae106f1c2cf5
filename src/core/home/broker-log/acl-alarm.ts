import { cleanText } from '../../clean-text.ts';
import { addToJournal } from '../journal.ts';
import type { HomeState } from '../state.ts';

/** The broker runs without its access control list, by the words of its log. */
export interface AclAlarm {
  /** When the broker said so, ms. */
  readonly at: number;
  /** Its words, clean and short. */
  readonly detail: string;
  /** When it has read its files again since, ms; `null` where it has not. */
  readonly reloadedAt: number | null;
}

/**
 * After a reload the broker says at once what is wrong with its files, in lines of their own: only when nothing of that
 * was heard for so long, ms, is the list believed to be in force.
 */
const SILENCE_MS = 1_000;

/** The broker says that it goes on without its list. It does so in two lines: one alarm, the first words. */
export function raiseAclAlarm(state: HomeState, detail: string, at: number): HomeState {
  if (state.aclBroken !== null && state.aclBroken.reloadedAt === null) return state;
  const text = `the broker runs WITHOUT its access control list: ${cleanText(detail, 160)}`;
  return addToJournal(keepAclAlarm(state, detail, at), { level: 'critical', kind: 'broker', subject: null, text });
}

/** The same, heard by a second way: it is told once, and no reload before it ends the alarm. */
export function keepAclAlarm(state: HomeState, detail: string, at: number): HomeState {
  if (state.aclBroken !== null && state.aclBroken.reloadedAt === null) return state;
  return { ...state, aclBroken: { at, detail: cleanText(detail, 160), reloadedAt: null } };
}

/** The broker reads its files again, `at` in ms: the alarm ends if it has nothing to say against them. */
export function noteReload(state: HomeState, at: number): HomeState {
  if (state.aclBroken === null) return state;
  // What it had to say of a reload of long ago stands in the log right behind it.
  if (state.at - at >= SILENCE_MS) return { ...state, aclBroken: null };
  return { ...state, aclBroken: { ...state.aclBroken, reloadedAt: state.at } };
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
