import { cleanText } from '../../clean-text.ts';
import { timesText } from '../../count-text.ts';
import { describeAclAlarm } from '../../home/broker-log/acl-alarm.ts';
import { brokerEndOf } from '../../home/broker-log/broker-life.ts';
import { type Denial, denialCountsUntil } from '../../home/state/broker.ts';
import type { LinkFailure } from '../../home/state/link.ts';
import type { HomeState } from '../../home/state/state.ts';
import { type Condition, condition, type Judgement } from '../condition.ts';

const BROKER = { broker: true } as const;

/** Whether there is no way to the broker. Its failure stays known while the next attempt is made. */
export function brokerGone(): Condition {
  return condition<LinkFailure | null>({
    looksAt: BROKER,
    start: state => failureOf(state, null),
    step: (known, { after }) => failureOf(after, known),
    judge: (failure, state): Judgement => {
      if (state.link.phase === 'connected') return { kind: 'not-so', value: null };
      if (failure === null) return { kind: 'unwatched', why: 'there was no attempt to connect yet' };
      const end = brokerEndOf(state);
      return { kind: 'so', value: null, detail: clause(end?.text ?? failure.message), cure: end?.cure ?? failure.cure };
    },
  });
}

function failureOf({ link }: HomeState, known: LinkFailure | null): LinkFailure | null {
  switch (link.phase) {
    case 'waiting':
    case 'refused':
      return link.failure;
    case 'connecting':
      return known;
    case 'connected':
    case 'idle':
    case 'closed':
      return null;
  }
}

/** Whether the broker cannot use its access control list, as its log says. */
export function aclNotInForce(): Condition {
  return condition({
    looksAt: BROKER,
    start: () => null,
    judge: (_, state): Judgement => {
      if (state.aclBroken === null) return { kind: 'not-so', value: null };
      const { text, cure } = describeAclAlarm(state, state.aclBroken);
      return { kind: 'so', value: null, detail: clause(text), cure, mark: state.aclBroken.detail };
    },
  });
}

/** Which denials count. */
export interface DenialFilter {
  readonly access: 'login' | 'topic';
  /** Of this user only. */
  readonly user?: string | undefined;
  /** On this topic only. */
  readonly topic?: string | undefined;
}

/** Whether somebody was denied something within the last ten minutes. That we ourselves are not let in, the link says. */
export function denied(filter: DenialFilter): Condition {
  return condition({
    looksAt: BROKER,
    start: () => null,
    judge: (_, state): Judgement => {
      const [last] = state.denials.filter(denial => isMeant(denial, filter));
      if (last === undefined || state.at >= denialCountsUntil(last)) return { kind: 'not-so', value: null };
      return {
        kind: 'so',
        value: timesText(last.count),
        detail: clause(last.detail),
        cure: last.remedy,
        mark: [last.access, last.user ?? '', last.topic ?? ''].join(' '),
        againAt: denialCountsUntil(last),
      };
    },
  });
}

function isMeant({ access, evidence, user, topic }: Denial, filter: DenialFilter): boolean {
  const isOwnLogin = access === 'connect' && evidence === 'refused';
  if ((access === 'connect') !== (filter.access === 'login') || isOwnLogin) return false;
  return (filter.user === undefined || filter.user === user) && (filter.topic === undefined || filter.topic === topic);
}

function clause(text: string): string {
  return cleanText(text, 200);
}
