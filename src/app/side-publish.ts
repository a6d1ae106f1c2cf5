import type { HomeEvent } from '../core/home/state/event.ts';
import { describeReason, ReasonCode } from '../core/mqtt/reason-code.ts';
import type { MqttLink } from '../io/mqtt-link/mqtt-link.ts';
import type { Outcome } from '../io/notices/outcome.ts';

/** Publishes what is no command of the house, over the link of its session. */
export interface SidePublisher {
  /** At QoS 1, not retained; never sent late. */
  readonly publish: (topic: string, payload: string) => Promise<Outcome>;
  /** Whether an event is the answer to one of ours, which the house knows nothing of. */
  readonly takes: (event: HomeEvent) => boolean;
}

/** A broker need not keep it longer for those who are away, s: the outbox has it as long as it was not taken. */
const EXPIRY_S = 3_600;

/** Makes it, for the link that there is at each moment. Its ids are below zero: those of the house are above. */
export function createSidePublisher(linkNow: () => Pick<MqttLink, 'perform'> | null): SidePublisher {
  let lastId = 0;
  const waiting = new Map<number, (outcome: Outcome) => void>();
  return {
    publish: (topic, payload) => {
      const to = linkNow();
      if (to === null) return Promise.resolve({ isDelivered: false, why: 'there is no link yet', mayBeDone: false });
      lastId -= 1;
      const commandId = lastId;
      return new Promise(resolve => {
        waiting.set(commandId, resolve);
        to.perform({ type: 'publish-command', commandId, topic, payload, expirySeconds: EXPIRY_S });
      });
    },
    takes: event => {
      const outcome = outcomeOf(event);
      if (outcome === null) return false;
      const [id, said] = outcome;
      const resolve = waiting.get(id);
      waiting.delete(id);
      resolve?.(said);
      return resolve !== undefined;
    },
  };
}

function outcomeOf(event: HomeEvent): readonly [id: number, outcome: Outcome] | null {
  switch (event.type) {
    case 'command-acknowledged': {
      const { code, commandId } = event;
      if (code === ReasonCode.noMatchingSubscribers) {
        return [commandId, { isDelivered: false, why: 'nobody listens on its topic', mayBeDone: false }];
      }
      if (code < ReasonCode.unspecifiedError) return [commandId, { isDelivered: true, answer: 'taken by the broker' }];
      const why = `the broker refused it: ${describeReason(code)}`;
      return [commandId, { isDelivered: false, why, mayBeDone: false }];
    }
    case 'command-not-sent':
      return [event.commandId, { isDelivered: false, why: event.why, mayBeDone: false }];
    case 'command-lost': {
      const why = 'the link was lost before the broker acknowledged it';
      return [event.commandId, { isDelivered: false, why, mayBeDone: true }];
    }
    default:
      return null;
  }
}
