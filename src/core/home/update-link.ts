import { cleanText } from '../clean-text.ts';
import { formatDuration } from '../duration.ts';
import { describeReason } from '../mqtt/reason-code.ts';
import { addDenial, remedyFor } from './access/denial.ts';
import { forgetStarts } from './sealed/recall-seals.ts';
import { addToJournal } from './state/journal.ts';
import type { LinkState } from './state/link.ts';
import { linkText, ourName } from './state/link.ts';
import type { HomeState } from './state/state.ts';
import { mapRows } from './state/table.ts';

/** The link has another mode. Listening starts with it and ends with it. */
export function changeLink(state: HomeState, link: LinkState): HomeState {
  const next = journalLink({ ...state, link, backlogSince: null });
  if (link.phase === 'connected') return startListening(next);
  // A retained command is looked for on each connection: it may have been removed meanwhile.
  const switches = mapRows(next.switches, row =>
    row.retainedCommand === null ? row : { ...row, retainedCommand: null },
  );
  return { ...next, listeningSince: null, switches };
}

/** We are somebody else: what was proven about the rights of the user before says nothing about this one's. */
export function changeUser(state: HomeState, user: string): HomeState {
  if (user === state.session.user) return state;
  const switches = mapRows(state.switches, row => ({ ...row, mayWrite: null, canReadCommand: false }));
  return { ...state, session: { ...state.session, user }, unheardFilters: new Map(), switches };
}

/** The program stood still: nothing that was live before it is live now, and no silence counts from before. */
export function skipTime(state: HomeState, skippedMs: number): HomeState {
  const begun = forgetStarts(state);
  const next = { ...begun, listeningSince: begun.listeningSince === null ? null : begun.at };
  const what =
    skippedMs > 0
      ? // A suspend and a clock that is put forward look the same: the wall clock is ahead of the machine's own count.
        `hometui itself stood still for ${formatDuration(skippedMs)}, or the clock of this machine was put forward`
      : 'the clock of this machine was set back';
  const text = `${what}: nothing is live until it speaks again`;
  return addToJournal(next, { level: 'warning', kind: 'link', subject: null, text });
}

/** From now on we hear what is said now. The last of what was said before may have come in this same millisecond. */
export function endBacklog(state: HomeState): HomeState {
  if (state.link.phase !== 'connected') return state;
  return { ...state, listeningSince: state.at + 1, backlogSince: null };
}

/** A SUBACK. A refusal counts against us only for what the house needs: the broker's own log is a gift. */
export function noteFilterAnswer(state: HomeState, filter: string, code: number): HomeState {
  if (code < 0x80) return noteHeard(state, filter);
  const unheardFilters = new Map(state.unheardFilters).set(filter, code);
  const next = { ...state, unheardFilters };
  if (filter.startsWith('$') && !state.house.routes.has(filter)) return next;
  const { user, clientId } = state.session;
  return addDenial(next, {
    at: state.at,
    evidence: 'refused',
    client: clientId,
    user,
    access: 'subscribe',
    topic: filter,
    detail: `${ourName(state.session)} may not subscribe to ${filter}: the broker answered ${describeReason(code)}`,
    remedy: remedyFor(state.acl, { user, clientId, access: 'read', topic: filter }),
  });
}

/** What came with the house file is heard from the broker's answer on. */
function noteHeard(state: HomeState, filter: string): HomeState {
  if (!state.laterTopics.has(filter)) return state;
  return { ...state, laterTopics: new Map(state.laterTopics).set(filter, state.at) };
}

/** A close proves nothing: the broker may refuse the filter so, or the line was cut twice. It is no denial. */
export function noteFilterLeftOut(state: HomeState, filter: string): HomeState {
  const next = { ...state, unheardFilters: new Map(state.unheardFilters).set(filter, null) };
  if (filter.startsWith('$') && !state.house.routes.has(filter)) return next;
  const why = 'two connections were closed while it was asked for, by a broker that refuses it so or by the line';
  const text = `${cleanText(filter, 60)} is not heard: ${why}; it is asked for again on the next connection`;
  return addToJournal(next, { level: 'warning', kind: 'issue', subject: null, text });
}

/** What was proven on the link before may not hold on this one: the broker may have been set up anew. */
function startListening(state: HomeState): HomeState {
  return {
    ...state,
    listeningSince: state.at,
    laterTopics: new Map(),
    unheardFilters: new Map(),
    echoOrder: 'unknown',
    switches: mapRows(state.switches, row => ({ ...row, canReadCommand: false })),
  };
}

function journalLink(state: HomeState): HomeState {
  const { link, session } = state;
  const text = linkText(link, session, state.at);
  switch (link.phase) {
    case 'connected':
      return addToJournal(state, { level: 'good', kind: 'link', subject: null, text });
    case 'refused':
      return addDenial(state, {
        at: state.at,
        evidence: 'refused',
        client: session.clientId,
        user: session.user,
        access: 'connect',
        topic: null,
        detail: link.failure.message,
        remedy: link.failure.cure,
      });
    case 'waiting':
      // A retry that fails as the one before is no news.
      if (alreadySaid(state, link.failure.message)) return state;
      return addToJournal(state, { level: 'critical', kind: 'link', subject: null, text: link.failure.message });
    default:
      return state;
  }
}

/** Whether the newest line about the link says the same. */
function alreadySaid(state: HomeState, text: string): boolean {
  return state.journal.findLast(entry => entry.kind === 'link')?.text === text;
}
