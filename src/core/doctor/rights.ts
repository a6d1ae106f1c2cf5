import { cleanText } from '../clean-text.ts';
import { countText } from '../count-text.ts';
import { checkAccess } from '../mosquitto/acl-check.ts';
import type { AclFile } from '../mosquitto/acl-file.ts';
import type { BrokerVersion } from '../mosquitto/broker-version.ts';
import { contraryText, isContrary, judgeTrial, type TrialAnswer, type TrialSeen } from '../mosquitto/trial/judge.ts';
import { type TrialClient, trialQuestions } from '../mosquitto/trial/question.ts';
import { at, type Check, fault, unexamined, well } from './check.ts';

/** What was heard by whom, against what the file says. */
export interface RightsInput {
  readonly acl: AclFile;
  readonly clients: readonly TrialClient[];
  /** Topics of values, feedback and availability: those that everybody may listen to without harm. */
  readonly topics: readonly string[];
  readonly seen: TrialSeen;
  readonly version: BrokerVersion | null;
  /** On which of several listeners, as `listener 1884`; `null` where there is one. */
  readonly where: string | null;
  /** How long was listened, ms. */
  readonly listenMs: number;
}

/** More contradictions than these are counted only. */
const MOST_TOLD = 10;

/** Users × topics of the house: what each of them got, against what the file says. */
export function examineRights(input: RightsInput): readonly Check[] {
  const { acl, clients, topics, seen, version, where } = input;
  const [absent] = seen.absent;
  if (absent !== undefined && seen.absent.length >= clients.length) {
    return [unexamined('rights', `reading${placeOf(where)}`, `nobody could log in: ${absent.why}`, null)];
  }
  const all = trialQuestions(acl, clients, topics, version ?? '2.0').filter(({ access }) => access === 'read');
  // Who could not log in is told as a login.
  const questions = all.filter(({ user }) => !seen.absent.some(absent => absent.user === user));
  const answers = judgeTrial(questions, seen);
  const contrary = answers.filter(isContrary);
  const proven = answers.filter(answer => answer.verdict !== 'unknown' && !isContrary(answer)).length;
  const users = new Set(questions.map(({ user }) => user)).size;
  const subject = `${countText(users, 'user')} × ${countText(topics.length, 'topic')}, reading${placeOf(where)}`;
  const sum = `${proven} of ${countText(answers.length, 'answer')} as ${cleanText(acl.file)} says`;
  return [
    ...contrary.slice(0, MOST_TOLD).map(answer => contradiction(answer, input)),
    ...(contrary.length > MOST_TOLD ? [rest(contrary.length - MOST_TOLD)] : []),
    ...(contrary.length === 0 && proven > 0 ? [well('rights', subject, sum)] : []),
    ...unproven(answers, input),
  ];
}

function placeOf(where: string | null): string {
  return where === null ? '' : `, on ${where}`;
}

function contradiction(answer: TrialAnswer, { acl, clients, version }: RightsInput): Check {
  const clientId = clients.find(({ user }) => user === answer.user)?.clientId ?? '';
  const { rule } = checkAccess(acl, { ...answer, clientId }, version ?? '2.0');
  const cure = 'See that the broker uses this file, and reload it: sudo systemctl reload mosquitto';
  const check = fault('rights', cleanText(answer.topic), contraryText(answer), cure);
  return at(check, { file: acl.file, ...(rule === null ? {} : { line: rule.line }) });
}

function rest(count: number): Check {
  return fault(
    'rights',
    'more of this',
    `${countText(count, 'other answer')} ${count === 1 ? 'is' : 'are'} not as the file says`,
    'Begin with the ones above.',
  );
}

/** What nothing was heard of: where nobody may hear it, and where nobody spoke. */
function unproven(answers: readonly TrialAnswer[], { listenMs, where }: RightsInput): readonly Check[] {
  const open = answers.filter(({ verdict }) => verdict === 'unknown');
  const isHeardBySomebody = ({ topic }: TrialAnswer): boolean =>
    answers.some(answer => answer.topic === topic && answer.isAllowed);
  const subject = `reading${placeOf(where)}`;
  const of = (some: readonly TrialAnswer[], why: string, cure: string): readonly Check[] => {
    if (some.length === 0) return [];
    const topics = [...new Set(some.map(({ topic }) => cleanText(topic, 60)))];
    const rest = topics.length > 5 ? ` and ${topics.length - 5} more` : '';
    const evidence = `${countText(some.length, 'answer')} not proven: ${why} ${topics.slice(0, 5).join(', ')}${rest}`;
    return [unexamined('rights', subject, evidence, cure)];
  };
  const seconds = Math.round(listenMs / 1_000);
  return [
    ...of(
      open.filter(answer => isHeardBySomebody(answer)),
      `in ${seconds} s nothing came on`,
      'Listen longer (--timeout 60), and switch something meanwhile: an answer comes when it is switched.',
    ),
    ...of(
      open.filter(answer => !isHeardBySomebody(answer)),
      'by the file nobody who was let in may read',
      'Name a login that may: --login master=FILE',
    ),
  ];
}

/** It is never tried here: even a publish that must be denied would switch where it is not. */
export const WRITING = unexamined(
  'rights',
  'writing',
  'not tried on the topics of the house: a publish could switch something or show a value that nobody measured',
  null,
);
