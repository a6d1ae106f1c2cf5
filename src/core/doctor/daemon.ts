import { cleanText } from '../clean-text.ts';
import { type ServiceState, serviceStateText, type UnitOrigin } from '../daemon/unit.ts';
import { formatAge } from '../duration.ts';
import type { Result } from '../result.ts';
import { type Check, unexamined, warning, well } from './check.ts';

/** Who writes into the history of the house at this moment. */
export interface Recorder {
  readonly pid: number;
  /** Absent where an older hometui does. */
  readonly role?: 'console' | 'daemon' | 'upkeep';
  /** Since when, ms since 1970. */
  readonly since?: number;
}

/** What came of asking the daemon. */
export type DaemonAnswer =
  | { readonly kind: 'heard'; readonly pid: number /** ms */; readonly listenedMs: number | null }
  /** It is not asked by us: why, a clause about it; and whether that is a fault of its own. */
  | { readonly kind: 'unused'; readonly pid: number | null; readonly why: string; readonly isAtFault: boolean }
  | { readonly kind: 'none' };

/** The daemon as a service of its user. */
export type ServiceFacts =
  | { readonly kind: 'none' | 'unknown' }
  | {
      readonly kind: 'there';
      readonly name: string;
      readonly origin: UnitOrigin;
      readonly state: Result<ServiceState, string>;
      /** Whether it runs while nobody is logged in; `null` where that is not known. */
      readonly isLingering: boolean | null;
    };

export interface DaemonFacts {
  readonly recorder: Recorder | null;
  readonly answer: DaemonAnswer;
  readonly service: ServiceFacts;
  /** When the history was last written, ms since 1970; `null` where it was not, or that is not known. */
  readonly writtenAt: number | null;
  /** The person behind sudo, whose history and daemon are not those of root; `null` without one. */
  readonly sudoUser: string | null;
  /** The clock of this machine, ms since 1970. */
  readonly now: number;
}

/** What is recorded is written each minute: after so long without, ms, nothing is. */
const QUIET_MS = 5 * 60_000;
const SUBJECT = 'daemon';

/** Whether the house is recorded while nobody looks, and whether that will be so tomorrow. */
export function examineDaemon(facts: DaemonFacts): readonly Check[] {
  return [runningCheck(facts), ...serviceChecks(facts)];
}

function runningCheck(facts: DaemonFacts): Check {
  const { recorder, answer, now, writtenAt } = facts;
  if (recorder?.role !== 'daemon' && answer.kind === 'none') return withoutDaemon(facts);
  const pid = recorder?.role === 'daemon' ? recorder.pid : answer.kind === 'none' ? null : answer.pid;
  const who = pid === null ? 'one is there' : `process ${pid}`;
  if (answer.kind === 'unused' && answer.isAtFault) return warning('daemon', SUBJECT, `${who}: ${answer.why}`, LOOK);
  if (recorder === null) return warning('daemon', SUBJECT, `${who} listens, and nobody records`, LOOK);
  if (recorder.role !== 'daemon') {
    return well(
      'daemon',
      SUBJECT,
      `${who} listens; process ${recorder.pid} records, and it will when that one has ended`,
    );
  }
  const quietMs = writtenAt === null ? now - (recorder.since ?? now) : now - writtenAt;
  if (quietMs > QUIET_MS) {
    const evidence = `${who} records, and has written nothing for ${formatAge(quietMs)}`;
    return warning('daemon', SUBJECT, evidence, LOOK);
  }
  const since = recorder.since === undefined ? '' : `, for ${formatAge(Math.max(0, now - recorder.since))}`;
  const listened =
    answer.kind === 'heard' && answer.listenedMs !== null
      ? `; it has listened without a gap for ${formatAge(answer.listenedMs)}`
      : '';
  return well('daemon', SUBJECT, `${who} records${since}${listened}`);
}

const LOOK = 'See what it says: hometui daemon status; journalctl --user -n 20';

function withoutDaemon({ recorder, service, sudoUser }: DaemonFacts): Check {
  if (recorder?.role === 'upkeep') {
    const evidence = `none records at this moment: process ${recorder.pid} mends the history, or imports into it`;
    return unexamined('daemon', SUBJECT, evidence, 'Run this again when it has ended.');
  }
  if (service.kind === 'there' && service.origin !== 'foreign') {
    const evidence = `${service.name} is installed, and no daemon runs`;
    return warning('daemon', SUBJECT, evidence, `Look at it: systemctl --user status ${service.name}`);
  }
  if (recorder !== null) {
    const evidence = `none; process ${recorder.pid}, a console, records as long as it is open`;
    return well('daemon', SUBJECT, evidence);
  }
  if (sudoUser !== null) {
    const evidence = `this runs as root, and what ${cleanText(sudoUser, 40)} records is seen by that user only`;
    return unexamined('daemon', SUBJECT, evidence, 'Run it once more without sudo: hometui doctor');
  }
  const evidence = 'none is there: nothing is recorded while no console is open';
  return unexamined('daemon', SUBJECT, evidence, 'If one should be: hometui daemon install');
}

function serviceChecks({ service }: DaemonFacts): readonly Check[] {
  if (service.kind !== 'there') return [];
  const { name, origin, state, isLingering } = service;
  if (origin === 'foreign') {
    const evidence = 'a unit of this name is there, and it is not from hometui';
    return [unexamined('daemon', name, evidence, `Look at it: systemctl --user cat ${name}`)];
  }
  if (!state.ok) return [unexamined('daemon', name, `whether it starts by itself is not known: ${state.error}`, null)];
  return [stateCheck(name, origin, state.value), ...lingerCheck(name, isLingering)];
}

function stateCheck(name: string, origin: UnitOrigin, state: ServiceState): Check {
  const { active, sub, enabled } = state;
  const evidence = `${serviceStateText(state)}${origin === 'changed' ? ', changed by hand' : ''}`;
  if (active === 'failed' || sub === 'auto-restart') {
    const cure = `See why: systemctl --user status ${name}; journalctl --user -u ${name} -n 20`;
    return warning('daemon', name, evidence, cure);
  }
  if (enabled === 'enabled') return well('daemon', name, evidence);
  return warning('daemon', name, `${evidence}: it does not start with this machine`, `systemctl --user enable ${name}`);
}

function lingerCheck(name: string, isLingering: boolean | null): readonly Check[] {
  if (isLingering !== false) return [];
  const evidence = 'it begins with your first login, and ends with the last: so the user manager has it';
  return [warning('daemon', name, evidence, 'Have it run without one: sudo loginctl enable-linger "$USER"')];
}
