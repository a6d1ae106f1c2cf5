import { labelOf } from '../../house/house.ts';
import { valueText } from '../../house/values/commanded.ts';
import { addDenial, remedyFor } from '../access/denial.ts';
import type { DenialEvidence } from '../state/broker.ts';
import { addToJournal, type JournalEntry } from '../state/journal.ts';
import { ourName } from '../state/link.ts';
import type { HomeState } from '../state/state.ts';
import type { SwitchState, Verdict, VerdictKind } from '../state/switch.ts';
import { getRow, setRow } from '../state/table.ts';
import { verdictText } from './verdict-text.ts';

/** What a verdict says beyond the command that it ends. */
export type CommandEnd = Pick<Verdict, 'detail' | 'cure'> &
  (
    | { readonly kind: 'confirmed'; readonly evidence: 'feedback' }
    | { readonly kind: 'denied'; readonly evidence: DenialEvidence }
    | { readonly kind: 'nobody-listening'; readonly evidence: 'refused' }
    | { readonly kind: 'not-confirmed' | 'not-sent'; readonly evidence: null }
  );

/** The state with one switch changed; the same state where the switch is unknown. */
export function changeSwitch(state: HomeState, switchId: string, change: Partial<SwitchState>): HomeState {
  const row = getRow(state.switches, switchId);
  return row === undefined ? state : { ...state, switches: setRow(state.switches, switchId, { ...row, ...change }) };
}

/** The switch whose command has this id. */
export function switchOfCommand(state: HomeState, commandId: number): SwitchState | undefined {
  for (const id of state.switches.ids) {
    const row = getRow(state.switches, id);
    if (row?.command?.id === commandId) return row;
  }
  return undefined;
}

/**
 * Ends the command of a switch with its one verdict, journals it, and notes a denial as such where it is about our right
 * to write.
 */
export function endCommand(state: HomeState, row: SwitchState, end: CommandEnd, isAboutRights = true): HomeState {
  const { command } = row;
  if (command === null) return state;
  const verdict: Verdict = {
    ...end,
    target: command.target,
    at: state.at,
    elapsedMs: end.kind === 'not-sent' ? 0 : state.at - command.sentAt,
  };
  const hasAnswered = command.feedback?.position === command.target;
  const ended = changeSwitch(state, row.id, { command: null, verdict, hasAnswered });
  const target = valueText(command.target, state.house.switches.get(row.id));
  const text = `${labelOf(state.house, row.id)} ${verdictText(verdict, target)}`;
  const journaled = addToJournal(ended, { level: LEVELS[end.kind], kind: 'switch', subject: row.id, text });
  if (end.kind !== 'denied' || !isAboutRights) return journaled;
  return noteOwnDenial(journaled, row, end.evidence, end.detail);
}

const LEVELS: Readonly<Record<VerdictKind, JournalEntry['level']>> = {
  confirmed: 'good',
  denied: 'critical',
  'nobody-listening': 'warning',
  'not-confirmed': 'warning',
  'not-sent': 'warning',
};

/** Our own denial: a denial like the others, and the proof that this switch is not ours. */
function noteOwnDenial(state: HomeState, row: SwitchState, evidence: DenialEvidence, why: string): HomeState {
  const topic = state.house.switches.get(row.id)?.command ?? null;
  if (topic === null) return state;
  const { user, clientId } = state.session;
  const proven = changeSwitch(state, row.id, { mayWrite: { allowed: false, at: state.at } });
  return addDenial(proven, {
    at: state.at,
    evidence,
    client: clientId,
    user,
    access: 'publish',
    topic,
    detail: `${ourName(state.session)} may not publish to ${topic}: ${why}`,
    remedy: remedyFor(state.acl, { user, clientId, access: 'write', topic }),
  });
}
