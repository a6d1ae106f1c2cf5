import type { ProtocolVersion } from '../home/state/link.ts';
import { describeReason, ReasonCode } from '../mqtt/reason-code.ts';

/** A message as a person asks for it. */
export interface TopicMessage {
  readonly topic: string;
  readonly payload: string;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
}

/** What the broker answered to a message. */
export type PublishAnswer =
  /** The code of its PUBACK or PUBREC; at QoS 0 it is `null`: the broker has read it, and says no more. */
  | { readonly kind: 'taken'; readonly code: number | null }
  /** Nothing in time. */
  | { readonly kind: 'silent' }
  /** The connection ended before. */
  | { readonly kind: 'lost' }
  | { readonly kind: 'not-sent'; readonly why: string };

/** What is known of a message that was published. */
export interface PublishFacts {
  readonly message: TopicMessage;
  readonly protocol: ProtocolVersion;
  readonly answer: PublishAnswer;
  /** Whether it came back to us. */
  readonly hasEcho: boolean;
  /** Whether something on this topic reached us before: then this user may read it. */
  readonly mayRead: boolean;
  /** Whether the link of the house has subscribed to it, too. */
  readonly isHeardByUs: boolean;
  /** Whether this broker was seen to send our own message back before it acknowledges it. */
  readonly isEchoSure: boolean;
}

/** How a message ended. */
export interface PublishVerdict {
  readonly kind: 'arrived' | 'nobody-listening' | 'denied' | 'acknowledged' | 'not-known' | 'not-sent';
  /** What was seen and what it means, without a full stop at its end. */
  readonly text: string;
}

/** What the facts about a message prove, in words; a suspicion is told as one. */
export function publishVerdict(facts: PublishFacts): PublishVerdict {
  const { answer } = facts;
  switch (answer.kind) {
    case 'not-sent':
      return { kind: 'not-sent', text: `Not sent: ${answer.why}` };
    case 'lost':
      return said('not-known', 'The connection ended before the broker acknowledged it: it may have arrived or not');
    case 'silent':
      return said('not-known', 'The broker did not acknowledge it in time: it may still arrive, and be passed on');
    case 'taken':
      return answer.code !== null && facts.protocol === '5' ? byCode(answer.code, facts) : byEcho(facts);
  }
}

/** With MQTT 5 the acknowledgement tells; our own subscriptions stood aside for it. */
function byCode(code: number, { message, isHeardByUs }: PublishFacts): PublishVerdict {
  if (code === ReasonCode.notAuthorized)
    return said('denied', `Denied: the broker refused it, ${describeReason(code)}`);
  if (code >= ReasonCode.unspecifiedError) return said('denied', `The broker refused it: ${describeReason(code)}`);
  if (code === ReasonCode.noMatchingSubscribers) {
    const kept = message.retain ? ': it is kept for whoever comes' : ': nobody got it';
    return said('nobody-listening', `The broker took it, and nobody is subscribed to the topic${kept}`);
  }
  // The answer at QoS 2 comes before the message is passed on: mosquitto says 0 in it whoever listens.
  if (message.qos === 2)
    return said('acknowledged', 'The broker took it; at QoS 2 it does not say whether anybody listens');
  const who = isHeardByUs ? 'hometui itself is subscribed to it, perhaps nobody else' : 'somebody is subscribed to it';
  return said('arrived', `The broker took it; ${who}`);
}

/** With MQTT 3.1.1, and at QoS 0, a denied message looks like any other: only our own message coming back tells. */
function byEcho({ message, hasEcho, mayRead, isEchoSure }: PublishFacts): PublishVerdict {
  if (hasEcho) return said('arrived', 'It came back to us: the broker took it, and passes it on');
  if (mayRead && isEchoSure) {
    return said(
      'denied',
      'Denied: it did not come back to us, though this user reads the topic and the broker took it',
    );
  }
  if (mayRead) {
    return said('not-known', 'It did not come back to us, though this user reads the topic: most likely it was denied');
  }
  if (message.qos === 0) return said('not-known', 'Sent at QoS 0: nobody tells whether it arrived');
  return said(
    'acknowledged',
    'Acknowledged; with MQTT 3.1.1 so is a denied one, and this user does not read the topic: it may have been denied',
  );
}

function said(kind: PublishVerdict['kind'], text: string): PublishVerdict {
  return { kind, text };
}
