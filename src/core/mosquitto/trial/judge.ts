import { countText } from '../../count-text.ts';
import { describeReason, ReasonCode } from '../../mqtt/reason-code.ts';
import { quote } from '../acl-line.ts';
import type { TrialQuestion } from './question.ts';

/** One user on one topic. */
export interface Spot {
  readonly user: string | null;
  readonly topic: string;
}

/** What happened on a broker while it was tried. */
export interface TrialSeen {
  /** Who could not log in or lost the connection, and why: no word of theirs counts. */
  readonly absent: readonly { readonly user: string | null; readonly why: string }[];
  /** The code of each SUBACK that was a refusal, 128 and more. */
  readonly refused: readonly (Spot & { readonly code: number })[];
  /** The code of each PUBACK; `null` where none came. */
  readonly published: readonly (Spot & { readonly code: number | null })[];
  /** What was delivered to whom. */
  readonly heard: readonly Spot[];
  /**
   * For a topic on which something was delivered while everybody listened, and was given the time to hear it: somebody
   * who got it.
   */
  readonly witnesses: ReadonlyMap<string, string | null>;
}

/** A question with what the broker did. */
export interface TrialAnswer extends TrialQuestion {
  readonly verdict: 'allowed' | 'denied' | 'unknown';
  /** What it rests on, one clause without a full stop. */
  readonly why: string;
}

/**
 * Answers by evidence only: an allowed read by a delivery, a denied one by a delivery that somebody else got, a write by
 * the reason code of its PUBACK (MQTT 5.0, 3.4.2.1). Silence alone decides nothing.
 */
export function judgeTrial(questions: readonly TrialQuestion[], seen: TrialSeen): readonly TrialAnswer[] {
  const heard = new Set(seen.heard.map(keyOf));
  const codes = new Map(seen.published.map(spot => [keyOf(spot), spot.code]));
  const refused = new Map(seen.refused.map(spot => [keyOf(spot), spot.code]));
  const absent = new Map(seen.absent.map(({ user, why }) => [user, why]));
  return questions.map(question => {
    const away = absent.get(question.user);
    const key = keyOf(question);
    if (away !== undefined) return { ...question, ...unknown(away) };
    if (question.access === 'write') return { ...question, ...judgeWrite(codes.get(key)) };
    return { ...question, ...judgeRead(question, heard.has(key), refused.get(key), seen.witnesses) };
  });
}

/** Whether the broker did what the file says. */
function isAsExpected({ isAllowed, verdict }: TrialAnswer): boolean {
  return verdict === (isAllowed ? 'allowed' : 'denied');
}

/** Whether it did what the file does not say; what could not be proven is no contradiction. */
export function isContrary(answer: TrialAnswer): boolean {
  return answer.verdict !== 'unknown' && !isAsExpected(answer);
}

/** A contradiction in words: who may do what, by the file and on the broker, and how that was seen. */
export function contraryText({ user, access, topic, isAllowed, why }: TrialAnswer): string {
  const who = user === null ? 'a client without a name' : quote(user);
  const [file, broker] = isAllowed ? ['lets', 'does not'] : ['does not let', 'does'];
  return `the file ${file} ${who} ${access} ${quote(topic)}, the broker ${broker}: ${why}`;
}

/** How many answers were as expected, contrary, and not proven: `40 of 40 as the file says`. */
export function trialSummary(answers: readonly TrialAnswer[]): string {
  const good = answers.filter(isAsExpected).length;
  const contrary = answers.filter(isContrary).length;
  const open = answers.length - good - contrary;
  return [
    `${good} of ${countText(answers.length, 'answer')} as the file says`,
    ...(contrary === 0 ? [] : [`${contrary} otherwise`]),
    ...(open === 0 ? [] : [`${open} not proven`]),
  ].join(', ');
}

type Judged = Pick<TrialAnswer, 'verdict' | 'why'>;

function judgeWrite(code: number | null | undefined): Judged {
  if (code === undefined) return unknown('it was not tried');
  if (code === null) return unknown('the broker did not answer');
  const why = `the broker answered ${describeReason(code)}`;
  if (code === ReasonCode.notAuthorized) return { verdict: 'denied', why };
  const isTaken = code === ReasonCode.success || code === ReasonCode.noMatchingSubscribers;
  return isTaken ? { verdict: 'allowed', why } : unknown(why);
}

function judgeRead(
  { topic, user }: TrialQuestion,
  isHeard: boolean,
  refusal: number | undefined,
  witnesses: TrialSeen['witnesses'],
): Judged {
  if (isHeard) return { verdict: 'allowed', why: 'it was delivered' };
  if (refusal !== undefined) {
    return { verdict: 'denied', why: `the subscription was refused: ${describeReason(refusal)}` };
  }
  const witness = witnesses.get(topic);
  if (witness === undefined || witness === user) return unknown('nobody got anything on this topic');
  return {
    verdict: 'denied',
    why: `${witness === null ? 'a client without a name' : quote(witness)} got what it did not`,
  };
}

function unknown(why: string): Judged {
  return { verdict: 'unknown', why };
}

function keyOf({ user, topic }: Spot): string {
  return JSON.stringify([user, topic]);
}
