import { cleanText } from '../clean-text.ts';
import { countText } from '../count-text.ts';
import type { LinkFailure, ProtocolVersion } from '../home/state/link.ts';
import type { AclFile } from '../mosquitto/acl-file.ts';
import { judgeProbe } from '../mosquitto/acl-probe.ts';
import { isUnguarded, type Listener, listenerName } from '../mosquitto/conf/listeners.ts';
import { shownWord } from '../to-copy.ts';
import { at, type Check, fault, unexamined, warning, well } from './check.ts';

/** A login that was tried; `failure` is `null` where the broker let it in. */
export interface TriedLogin {
  readonly user: string | null;
  readonly protocol: ProtocolVersion | null;
  readonly failure: LinkFailure | null;
}

/** Each login that was given. */
export function examineLogins(logins: readonly TriedLogin[]): readonly Check[] {
  return logins.map(({ user, protocol, failure }) => {
    const subject = `login of ${nameOf(user)}`;
    if (failure === null) return well('login', subject, `let in, with MQTT ${protocol ?? ''}`.trimEnd());
    return fault('login', subject, failure.message, failure.cure);
  });
}

/** The protocol, by the first login that the broker took. */
export function examineProtocol(logins: readonly TriedLogin[]): readonly Check[] {
  const protocol = logins.find(login => login.protocol !== null)?.protocol ?? null;
  if (protocol === null) {
    return [unexamined('protocol', 'protocol', 'nobody was let in, and before a login a broker does not tell', null)];
  }
  if (protocol === '5') return [well('protocol', 'protocol', 'MQTT 5: the broker tells when it denies a publish')];
  const evidence = 'MQTT 3.1.1 only: the broker acknowledges what it denies, and denials are seen in its log only';
  return [warning('protocol', 'protocol', evidence, 'Use a broker that speaks MQTT 5, as mosquitto does from 1.6 on.')];
}

/**
 * Whether somebody without a name is let in, against what the conf says of the listener; `null` where that is not known.
 * `where` names it where there are several.
 */
export function examineAnonymous(
  { failure }: Pick<TriedLogin, 'failure'>,
  listener: Listener | null,
  acl: AclFile | null,
  where: string | null = null,
): Check {
  const subject = `client without a user name${where === null ? '' : ` on ${where}`}`;
  const line = listener?.anonymous ?? null;
  const place = line === null ? null : { file: line.file, line: line.line };
  if (failure !== null) {
    if (failure.kind !== 'login-refused') return unexamined('anonymous', subject, failure.message, failure.cure);
    if (listener?.isAnonymousAllowed !== true) return well('anonymous', subject, 'refused');
    const evidence = 'refused, and the conf lets it in: the broker does not go by this conf, or by an older one';
    return at(
      warning('anonymous', subject, evidence, 'See that the broker is started with this conf, and restart it.'),
      place,
    );
  }
  if (listener !== null && !listener.isAnonymousAllowed) {
    const evidence = 'let in, and the conf does not let it in: the broker does not go by this conf';
    return at(
      fault('anonymous', subject, evidence, 'See that the broker is started with this conf, and restart it.'),
      place,
    );
  }
  if (listener !== null && isUnguarded(listener)) {
    const evidence =
      'let in, and nothing decides what it may do: everybody in this network may read and write everything';
    return at(fault('anonymous', subject, evidence, 'Write: allow_anonymous false'), place);
  }
  const rules = acl?.order.anonymous.filter(({ access }) => access !== 'deny').length ?? 0;
  const isMeant = listener !== null && line !== null && (rules > 0 || listener.passwords.length === 0);
  if (isMeant)
    return at(well('anonymous', subject, `let in, as the conf says, by ${countText(rules, 'rule')} of the ACL`), place);
  const evidence = 'let in: whoever is in this network gets in without a password';
  return at(warning('anonymous', subject, evidence, 'If nobody should: allow_anonymous false, in the conf.'), place);
}

/** A publish that the file denies, tried on one listener. */
export interface ProbedListener {
  readonly listener: Listener;
  readonly acl: AclFile;
  readonly user: string | null;
  /** The PUBACK's code; `null` where none came. */
  readonly code: number | null;
  readonly topic: string;
}

/** Whether the rights of the file hold on a listener. */
export function examineForce({ listener, acl, user, code, topic }: ProbedListener): Check {
  const subject = `rights on ${listenerName(listener)}`;
  const file = cleanText(acl.file);
  const verdict = code === null ? 'unknown' : judgeProbe(code);
  const line = listener.acls.at(-1) ?? listener.setting;
  const place = line === null ? null : { file: line.file, line: line.line };
  const publish = `what ${file} denies ${nameOf(user)} (a publish to ${topic})`;
  if (verdict === 'in-force') return well('in-force', subject, `the broker refused ${publish}`);
  if (verdict === 'unknown') {
    return unexamined('in-force', subject, `the broker did not say what became of ${publish}`, 'Look into its log.');
  }
  const cure = `Check the file: hometui acl check ${shownWord(acl.file)}; then reload: sudo systemctl reload mosquitto`;
  return at(fault('in-force', subject, `the broker took ${publish}: it does not decide by this file`, cure), place);
}

/** A listener whose rights could not be tried. */
export function unprobed(listener: Listener, why: string, cure: string | null = null): Check {
  return unexamined('in-force', `rights on ${listenerName(listener)}`, why, cure);
}

function nameOf(user: string | null): string {
  return user === null ? 'a client without a user name' : cleanText(user, 60);
}
