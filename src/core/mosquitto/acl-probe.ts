import { ReasonCode } from '../mqtt/reason-code.ts';
import { type AccessQuestion, checkAccess } from './acl-check.ts';
import type { AclFile, AclRule } from './acl-file.ts';

/** Where a probe is published, or why there is no such topic. */
export type ProbePlan =
  | { readonly kind: 'topic'; readonly topic: string }
  /** The file lets this user write any topic: no answer would tell anything. `rule` is the line that does. */
  | { readonly kind: 'may-write-all'; readonly rule: AclRule | null };

/** How the topics of all probes begin. */
const PROBE = 'hometui-probe';

/** Whether a topic is that of a probe, ours or another's: what is denied on it was meant to be. */
export function isProbeTopic(topic: string): boolean {
  return topic.startsWith(`${PROBE}/`) || topic.startsWith(`${PROBE}-`);
}

/**
 * Chooses a topic that the file denies this user and that nobody can wait for: a name that was never used before, made
 * of `tag`, which is random and has no `/`. A topic with another number of levels escapes rules such as `topic write +`.
 */
export function planProbe(acl: AclFile, who: Pick<AccessQuestion, 'user' | 'clientId'>, tag: string): ProbePlan {
  const topics = [`${PROBE}/${tag}`, `${PROBE}-${tag}`, `${PROBE}/${tag}/acl`];
  const decisions = topics.map(topic => ({ topic, ...checkAccess(acl, { ...who, access: 'write', topic }) }));
  const denied = decisions.find(decision => !decision.allowed);
  if (denied !== undefined) return { kind: 'topic', topic: denied.topic };
  return { kind: 'may-write-all', rule: decisions[0]?.rule ?? null };
}

/** What a probe proves of an access control list. */
export type ProbeVerdict = 'in-force' | 'not-in-force' | 'unknown';

/** What the PUBACK (MQTT 5, section 3.4.2.1) to a publish proves that the file denies. */
export function judgeProbe(code: number): ProbeVerdict {
  if (code === ReasonCode.notAuthorized) return 'in-force';
  return code === ReasonCode.success || code === ReasonCode.noMatchingSubscribers ? 'not-in-force' : 'unknown';
}
