import { cleanText } from '../../clean-text.ts';
import type { Issue } from '../../issue.ts';
import type { KnownLogin, TakeOvers } from '../state/broker.ts';
import { notePassing, settleIssue } from '../state/issues.ts';
import type { HomeState } from '../state/state.ts';

/** What belongs together, ms. */
const WINDOW_MS = 600_000;
/** How many take-overs, and logins around them, are remembered of one client identifier. */
const MOST_REMEMBERED = 8;
/** Of how many client identifiers. */
const MOST_IDS = 100;
/** So many take-overs at like distances are a rhythm; a board that lost its power once or twice has none. */
const RHYTHM = 4;
/** So many within so long, ms, from two addresses by turns: those are two. */
const QUICK = 3;
const QUICK_MS = 180_000;
/** They are alike where the longest is at most so many times as long as the shortest, and one second more. */
const LIKE = 2;
/** Nobody was thrown out for so long, ms: it is over. */
const QUIET_MS = 120_000;

/** A client identifier logged in while it was connected, `at` in ms. `login` is what it was before. */
export function noteTakenOver(
  state: HomeState,
  clientId: string,
  login: KnownLogin | undefined,
  at: number,
): HomeState {
  const known = state.takeOvers.get(clientId);
  const times = [...(known?.times.filter(time => at - time <= WINDOW_MS) ?? []), at].slice(-MOST_REMEMBERED);
  const isNew = known === undefined || times.length === 1;
  const logins = isNew ? (login === undefined ? [] : [login]) : known.logins;
  const takeOvers = new Map(state.takeOvers);
  takeOvers.delete(clientId);
  takeOvers.set(clientId, { times, logins, told: known?.told ?? null });
  for (const oldest of takeOvers.keys()) {
    if (takeOvers.size <= MOST_IDS) break;
    takeOvers.delete(oldest);
  }
  return judge({ ...state, takeOvers }, clientId);
}

/** Who has it now: after a take-over the login tells. */
export function noteLoginAfter(state: HomeState, clientId: string, login: KnownLogin): HomeState {
  const known = state.takeOvers.get(clientId);
  if (known === undefined) return state;
  const logins = [...known.logins, login].slice(-MOST_REMEMBERED);
  return judge({ ...state, takeOvers: new Map(state.takeOvers).set(clientId, { ...known, logins }) }, clientId);
}

/** Whether what happens with this client identifier is told as one issue, and not each time. */
export function isFoughtOver(state: HomeState, clientId: string): boolean {
  const told = state.takeOvers.get(clientId)?.told ?? null;
  return told !== null && state.passingIssues.has(told);
}

function judge(state: HomeState, clientId: string): HomeState {
  const known = state.takeOvers.get(clientId);
  const at = known?.times.at(-1);
  if (known === undefined || at === undefined) return state;
  const isTwo = isQuick(known.times) && alternates(known.logins.map(({ address }) => address));
  if (!isTwo && !isRhythm(known.times)) return state;
  const issue = describe(clientId, known, isTwo);
  // More is known now than when it was told.
  const cleared = known.told === null || known.told === issue.message ? state : forget(state, known.told);
  const takeOvers = new Map(cleared.takeOvers).set(clientId, { ...known, told: issue.message });
  return notePassing({ ...cleared, takeOvers }, issue, at, QUIET_MS);
}

function forget(state: HomeState, message: string): HomeState {
  const passing = new Map(state.passingIssues);
  passing.delete(message);
  return settleIssue({ ...state, passingIssues: passing }, { message }, null);
}

/** A phone that goes from one net to the other takes over itself too, but not every minute. */
function isQuick(times: readonly number[]): boolean {
  const [first, , last] = times.slice(-QUICK);
  return first !== undefined && last !== undefined && last - first <= QUICK_MS;
}

/** An address that comes again after another one: a board that got a new address keeps it. */
function alternates(addresses: readonly string[]): boolean {
  return addresses.some((address, index) => {
    const between = addresses.slice(index + 1);
    const again = between.lastIndexOf(address);
    return again > 0 && between.slice(0, again).some(other => other !== address);
  });
}

function isRhythm(times: readonly number[]): boolean {
  const last = times.slice(-RHYTHM);
  if (last.length < RHYTHM) return false;
  const gaps = last.slice(1).map((time, index) => time - (last[index] ?? time));
  // Log times are whole seconds.
  return Math.max(...gaps) <= LIKE * Math.min(...gaps) + 1_000;
}

function describe(clientId: string, { logins }: TakeOvers, isTwo: boolean): Issue {
  const id = `"${cleanText(clientId, 40)}"`;
  const users = [...new Set(logins.map(({ user }) => (user === null ? 'nobody by name' : cleanText(user, 40))))].sort();
  const who = users.length === 0 ? '' : ` (user ${users.join(' and ')})`;
  const addresses = [...new Set(logins.map(({ address }) => cleanText(address, 45)))].sort();
  const severity = 'warning';
  if (isTwo) {
    return {
      severity,
      message: `two clients use the client identifier ${id}${who}, from ${addresses.join(' and ')}: each throws the other out`,
      cure: 'Give each of them a client identifier of its own.',
    };
  }
  const where = addresses.length === 0 ? '' : `, each time from ${addresses.join(' or ')}`;
  return {
    severity,
    message: `the client identifier ${id}${who} is taken over again and again${where}: two clients use it, or one starts over and over`,
    cure: 'Give each client an identifier of its own; where there is only one, see to its power, Wi-Fi and program.',
  };
}
