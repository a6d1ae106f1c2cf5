import { cleanText } from '../clean-text.ts';
import { countText } from '../count-text.ts';
import { describeReason, ReasonCode } from '../mqtt/reason-code.ts';
import type { PublishAnswer } from './publish-verdict.ts';

/** What came of clearing retained messages: what was answered for each, and which of them the broker still has. */
export interface ClearFacts {
  readonly answers: ReadonlyMap<string, PublishAnswer>;
  /** Asked again afterwards; `null` where there was no answer to that. */
  readonly still: ReadonlySet<string> | null;
}

/** Which are gone: not by what was acknowledged, but by what the broker still sends to whoever subscribes. */
export function clearedTopics({ answers, still }: ClearFacts): readonly string[] {
  return still === null ? [] : [...answers.keys()].filter(topic => !still.has(topic));
}

/** The same in words, without a full stop at its end. */
export function clearReport(facts: ClearFacts): string {
  const { answers, still } = facts;
  const all = countText(answers.size, 'retained message');
  if (still === null)
    return `Whether ${all} ${answers.size === 1 ? 'is' : 'are'} gone is not known: ${whyUnknown(facts)}`;
  const gone = clearedTopics(facts).length;
  const left = [...answers].find(([topic]) => still.has(topic));
  if (left === undefined) return `${all} ${answers.size === 1 ? 'is' : 'are'} gone`;
  const [topic, answer] = left;
  const others = still.size > 1 ? `, and ${still.size - 1} more` : '';
  return `${gone} of ${all} ${gone === 1 ? 'is' : 'are'} gone; ${cleanText(topic, 80)} is still there${whyLeft(answer)}${others}`;
}

function whyUnknown({ answers }: ClearFacts): string {
  const unsent = [...answers.values()].find(answer => answer.kind === 'not-sent');
  return unsent?.kind === 'not-sent' ? unsent.why : 'the broker did not answer when it was asked again';
}

function whyLeft(answer: PublishAnswer): string {
  if (answer.kind === 'not-sent') return `: ${answer.why}`;
  if (answer.kind !== 'taken' || answer.code === null || answer.code < ReasonCode.unspecifiedError) return '';
  return `: ${answer.code === ReasonCode.notAuthorized ? 'denied, ' : ''}${describeReason(answer.code)}`;
}
