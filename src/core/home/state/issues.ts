import { cleanText } from '../../clean-text.ts';
import type { Issue } from '../../issue.ts';
import { addToJournal } from './journal.ts';
import type { HomeState } from './state.ts';

/** How many are kept. */
const MOST_ISSUES = 20;

/** The state with one more issue, which is told once. */
export function noteIssue(state: HomeState, issue: Issue): HomeState {
  const isKnown = state.issues.some(other => other.message === issue.message);
  if (isKnown) return state;
  const text = cleanText(issue.cure === undefined ? issue.message : `${issue.message}: ${issue.cure}`, 300);
  const level = issue.severity === 'info' ? 'info' : 'warning';
  const noted = { ...state, issues: [...state.issues, issue].slice(-MOST_ISSUES) };
  return addToJournal(noted, { level, kind: 'issue', subject: null, text });
}

/** The state without an issue whose cause is gone; `news` as in the event. */
export function settleIssue(state: HomeState, issue: Pick<Issue, 'message'>, news: string | null): HomeState {
  const issues = state.issues.filter(other => other.message !== issue.message);
  if (issues.length === state.issues.length) return state;
  const next = { ...state, issues };
  if (news === null) return next;
  return addToJournal(next, { level: 'good', kind: 'issue', subject: null, text: cleanText(news, 300) });
}

/**
 * An issue that shows itself again and again while it lasts, last `at` (ms): it is told once, and over when it was not
 * seen for `quietMs`.
 */
export function notePassing(state: HomeState, issue: Issue, at: number, quietMs: number): HomeState {
  const endsAt = at + quietMs;
  if (endsAt < state.at) return state;
  const passing = new Map(state.passingIssues).set(issue.message, endsAt);
  return noteIssue({ ...state, passingIssues: passing }, issue);
}

/** Ends those that were not seen for long enough. */
export function endPassing(state: HomeState): HomeState {
  let next = state;
  for (const [message, endsAt] of state.passingIssues) {
    if (state.at < endsAt) continue;
    const passing = new Map(next.passingIssues);
    passing.delete(message);
    next = settleIssue({ ...next, passingIssues: passing }, { message }, `it is over: ${message}`);
  }
  return next;
}
