import { cleanText } from '../../clean-text.ts';
import { type BrokerFile, type BrokerLife, unknownBroker } from '../state/broker.ts';
import { addToJournal } from '../state/journal.ts';
import type { HomeState } from '../state/state.ts';

/** Where mosquitto says which version it is: `mosquitto version 2.0.11`, retained. */
export const VERSION_TOPIC = '$SYS/broker/version';
/** It says that it ends right after what is wrong, ms; log times are whole seconds. */
const ENDS_WITHIN_MS = 2_000;

/** The version that the broker's `$SYS` names; `null` where it is another broker's, whose words there we do not know. */
export function parseVersion(payload: Uint8Array): string | null {
  const text = new TextDecoder().decode(payload.subarray(0, 60));
  return /^mosquitto version ([0-9.]{1,20})/.exec(text)?.[1] ?? null;
}

/** The broker was started: it has no list yet, and what it says next is about the start. */
export function noteStarting(state: HomeState, version: string): HomeState {
  const broker = { version: cleanText(version, 20), isStarting: true, complaint: null, end: null };
  return { ...state, broker, aclBroken: null };
}

/** It runs. With a broken list it would not. */
export function noteStarted(state: HomeState, version: string): HomeState {
  return { ...state, broker: { ...unknownBroker, version: cleanText(version, 20) }, aclBroken: null };
}

/** It says what is wrong with one of its files, `at` in ms. No version starts with a broken list. */
export function noteComplaint(state: HomeState, about: BrokerFile, words: string, at: number): HomeState {
  const { broker } = state;
  const detail = cleanText(words, 160);
  // It says it in two lines, the first of which says what.
  const isSecond = broker.complaint?.about === about && at - broker.complaint.at <= ENDS_WITHIN_MS;
  const complaint = isSecond && broker.complaint !== null ? broker.complaint : { at, about, detail };
  const isFatal = broker.isStarting && about === 'access control list';
  const end = isFatal ? ({ how: 'not-started', about, detail: complaint.detail } as const) : broker.end;
  return { ...state, broker: { ...broker, complaint, end } };
}

/** It ends, `at` in ms: because of a file where it has just complained of one. */
export function noteStopped(state: HomeState, version: string, at: number, isNews: boolean): HomeState {
  const { complaint, isStarting, end } = state.broker;
  const isBecause = complaint !== null && at - complaint.at <= ENDS_WITHIN_MS && endsOnBrokenFile(version) === true;
  const how = isStarting ? 'not-started' : 'ended';
  const broker: BrokerLife = {
    version: cleanText(version, 20),
    isStarting: false,
    complaint: null,
    end: isBecause ? { how, about: complaint.about, detail: complaint.detail } : end,
  };
  const next = { ...state, broker, aclBroken: null };
  if (!isNews) return next;
  const why = broker.end === null ? null : endText(broker.end);
  const level = why === null ? 'warning' : 'critical';
  return addToJournal(next, { level, kind: 'broker', subject: null, text: why ?? 'the broker stops' });
}

/** Whether that version ends where a file is broken at a reload, as 2.1 does; `null` where the version is not known. */
export function endsOnBrokenFile(version: string | null): boolean | null {
  const parts = /^(\d{1,4})\.(\d{1,4})/.exec(version ?? '');
  if (parts === null) return null;
  const [major, minor] = [Number(parts[1]), Number(parts[2])];
  return major > 2 || (major === 2 && minor >= 1);
}

/** Why there is no broker, as its log says, with what to do; `null` where it runs or nothing is known. */
export function brokerEndOf({ broker, link }: HomeState): { readonly text: string; readonly cure: string } | null {
  if (broker.end === null || link.phase === 'connected') return null;
  const file = broker.end.about === 'password file' ? 'password_file' : 'acl_file';
  return {
    text: `T${endText(broker.end).slice(1)}`,
    cure: `Mend the ${file}, then start the broker: sudo systemctl start mosquitto`,
  };
}

function endText({ how, about, detail }: NonNullable<BrokerLife['end']>): string {
  const what = how === 'ended' ? 'ended at a reload' : 'does not start';
  return `the broker ${what}: it cannot use its ${about}: ${detail}`;
}
