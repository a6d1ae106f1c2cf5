import { ExitCode } from '../../app/exit-code.ts';
import { Failure } from '../../app/failure.ts';
import { brokerEndOf } from '../../core/home/broker-log/broker-life.ts';
import type { LinkFailure, LinkState } from '../../core/home/state/link.ts';
import { linkFailure } from '../../core/home/state/link.ts';
import type { HomeState } from '../../core/home/state/state.ts';

/** Whether the link has come, or will not come however long one waits: a command that ends need not wait any longer. */
export function isSettled(link: LinkState): boolean {
  if (link.phase === 'connected' || link.phase === 'refused') return true;
  if (link.phase !== 'waiting') return false;
  return FINAL.has(link.failure.kind) || (link.failure.kind === 'closed' && link.attempt >= MUTE_CLOSES);
}

/** The next try will fail in the same way, as far as a person waits in front of it. */
const FINAL: ReadonlySet<LinkFailure['kind']> = new Set([
  'unreachable',
  'not-found',
  'tls',
  'options',
  'login-refused',
]);

/** Closed so often in a row, before the login or right after it: it is no restart, and waiting does not help. */
const MUTE_CLOSES = 3;

/** The code for a command that ends without a link. */
export function codeWithoutLink(link: LinkState): typeof ExitCode.denied | typeof ExitCode.unreachable {
  const failure = linkFailure(link);
  return failure?.kind === 'login-refused' ? ExitCode.denied : ExitCode.unreachable;
}

/** Whether a broker, or whatever is there, took the connection and then said nothing. */
export function isUnanswered(link: LinkState): boolean {
  return link.phase === 'connecting' || linkFailure(link)?.kind === 'timeout';
}

/** The failure of a command that ends without a link, in words. */
export function failureWithoutLink(state: HomeState, code: ExitCode = codeWithoutLink(state.link)): Failure {
  const { link, session } = state;
  const failure = linkFailure(link);
  const end = brokerEndOf(state);
  if (end !== null && failure !== null) return new Failure(code, `${failure.message}. ${end.text}`, end.cure);
  if (failure !== null) return new Failure(code, failure.message, failure.cure);
  const place = `${session.host}:${session.port}`;
  return new Failure(
    code,
    `broker at ${place} gave no answer in time`,
    'Check host and port, or give it more --timeout.',
  );
}
