import { cleanText } from '../../clean-text.ts';
import { countText } from '../../count-text.ts';
import { formatDuration } from '../../duration.ts';
import { type Check, unexamined, warning, well } from '../check.ts';
import { type LoggedClient, nameOfClient } from './log-clients.ts';
import type { SysRead } from './sys-figures.ts';

/** Sessions that are kept for clients that are away: who they are, only the log tells; how much waits for them, only $SYS. */
export function examineSessions(clients: readonly LoggedClient[] | null, sys: SysRead): readonly Check[] {
  const named = (clients ?? []).filter(({ isClean, isHere }) => !isClean && !isHere);
  const away = sys.kind === 'heard' ? sys.last.away : null;
  if (away === 0)
    return [well('session', SUBJECT, `the broker keeps none for a client that is away, by its own count (${BY_SYS})`)];
  return [...byLog(clients, named, away), ...queueOf(sys, away)];
}

const SUBJECT = 'sessions';
const BY_SYS = '$SYS/broker/clients';
const CLEAN = 'Have its program log in with a clean session (umqtt: connect() or connect(clean_session=True)).';

/** Who they are. */
function byLog(
  clients: readonly LoggedClient[] | null,
  named: readonly LoggedClient[],
  away: number | null,
): readonly Check[] {
  if (named.length > 0) return named.map(keptSession);
  if (away !== null) {
    const evidence = `${countText(away, 'session is', 'sessions are')} kept for clients that are away, by the broker's own count (${BY_SYS}); whose, only the log of the broker tells`;
    return [warning('session', SUBJECT, evidence, 'Look into the log from its beginning: --broker-log FILE')];
  }
  if (clients === null) {
    const evidence = 'only the log of the broker tells who logs in with clean session off';
    return [unexamined('session', SUBJECT, evidence, 'Name it: --broker-log FILE (or journal)')];
  }
  if (clients.length === 0) return [];
  return [well('session', SUBJECT, 'none is kept for a client that is away, as far as the log goes back')];
}

function keptSession({ clientId, user, isQueueFull }: LoggedClient): Check {
  const full = isQueueFull ? '; its queue is full, and what comes now is dropped' : '';
  const evidence = `it logged in with clean session off and is away: what it subscribed to at QoS 1 or 2 is queued for it, and commands that are given meanwhile are carried out when it comes back${full}`;
  return warning('session', nameOfClient(clientId, user), evidence, CLEAN);
}

/** How much waits, of all of them together: of each alone no broker tells. */
function queueOf(sys: SysRead, away: number | null): readonly Check[] {
  const subject = 'queues of the sessions';
  if (sys.kind === 'mute') return [unexamined('session', subject, cleanText(sys.why, 200), sys.cure)];
  const { first, last, spanMs } = sys;
  if (away === null || last.held === null) {
    const why = 'the broker did not tell how much it holds for them: it tells anew only what has changed';
    return [unexamined('session', subject, why, 'Listen longer: --timeout 60')];
  }
  const more = first.held === null ? 0 : last.held - first.held;
  const growth = more > 0 ? `, ${more} more than ${formatDuration(spanMs)} before` : '';
  const dropped = last.dropped === null || last.dropped === 0 ? '' : `; it has dropped ${last.dropped} since its start`;
  const evidence = `the broker holds ${countText(last.held, 'message')} that somebody has yet to get${growth}${dropped}`;
  if (last.held === 0 && dropped === '') return [well('session', subject, evidence)];
  return [
    warning('session', subject, evidence, 'Have the clients above come back, or log in once with a clean session.'),
  ];
}
