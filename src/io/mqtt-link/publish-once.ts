import type { LinkFailure, ProtocolVersion } from '../../core/home/state/link.ts';
import type { Clock, Timer } from '../clock.ts';
import type { CommandPublish } from '../mqtt-connection/client-internals.ts';
import type { Connection } from '../mqtt-connection/connection.ts';
import { type OpeningConnection, openConnection } from '../mqtt-connection/open-connection.ts';
import type { Unsendable } from '../mqtt-connection/server-limits.ts';
import type { LinkOptions } from '../mqtt-options/mqtt-options.ts';
import { describeEnd } from './failure.ts';
import { mayBeOld } from './version-choice.ts';
import { within } from './within.ts';

/** What became of one message: the PUBACK's reason code, or why there was none. */
export type PublishOutcome =
  | { readonly kind: 'acknowledged'; readonly code: number; readonly protocol: ProtocolVersion }
  | { readonly kind: 'failed'; readonly failure: LinkFailure; readonly wasPublished: boolean };

/** A message that the broker is to keep. */
export interface KeptMessage {
  readonly topic: string;
  readonly payload: string;
}

/** How long each PUBACK is waited for, ms. */
const ANSWER_LIMIT_MS = 5_000;
const CLOSE_LIMIT_MS = 1_000;

/**
 * Logs in, publishes one message at QoS 1, not retained, and leaves: it is never sent twice, and nothing is subscribed.
 * Resolves within about 15 s for each version of MQTT that is tried, with nothing left open.
 */
export async function publishOnce(
  options: LinkOptions,
  message: CommandPublish,
  clock: Clock,
): Promise<PublishOutcome> {
  const send: Send = (connection, onAcknowledged) => connection.publish(message, onAcknowledged);
  const [outcome] = await publishBySpoken(options, [send], clock);
  return outcome ?? NOTHING_SENT;
}

/**
 * Logs in once, publishes messages at QoS 1 that the broker is to keep, each when the one before was answered, and leaves.
 * What comes after a message that ended the connection is not sent.
 */
export function publishKept(
  options: LinkOptions,
  messages: readonly KeptMessage[],
  clock: Clock,
): Promise<readonly PublishOutcome[]> {
  const sends = messages.map(
    (message): Send =>
      (connection, onAcknowledged) =>
        connection.publishAs({ ...message, qos: 1, retain: true }, onAcknowledged),
  );
  return publishBySpoken(options, sends, clock);
}

type Send = (connection: Connection, onAcknowledged: (code: number) => void) => Unsendable | null;

const NOTHING_SENT: PublishOutcome = {
  kind: 'failed',
  failure: { kind: 'protocol', message: 'nothing was sent', cure: 'Try it again', code: null },
  wasPublished: false,
};

const SILENT = { kind: 'silent', isBeforeConnack: false, isAsked: true, waitedMs: ANSWER_LIMIT_MS } as const;

/** With MQTT 5, and with 3.1.1 where that is not spoken, unless one of the two was asked for. */
async function publishBySpoken(
  options: LinkOptions,
  sends: readonly Send[],
  clock: Clock,
): Promise<readonly PublishOutcome[]> {
  if (options.protocolVersion === '311') return publishEach(options, '3.1.1', sends, clock);
  const outcomes = await publishEach(options, '5', sends, clock);
  const [first] = outcomes;
  const isUnheard = first?.kind === 'failed' && !first.wasPublished && mayBeOld(first.failure);
  return isUnheard && options.protocolVersion === 'auto' ? publishEach(options, '3.1.1', sends, clock) : outcomes;
}

async function publishEach(
  options: LinkOptions,
  protocol: ProtocolVersion,
  sends: readonly Send[],
  clock: Clock,
): Promise<readonly PublishOutcome[]> {
  const credentials = { user: options.session.user, password: options.password };
  const used: { connection: Connection | null; opening: OpeningConnection | null; timer: Timer | null } = {
    ...{ connection: null, opening: null, timer: null },
  };
  const outcomes: PublishOutcome[] = [];
  let hasEnded = false;
  await new Promise<void>(resolve => {
    const next = (connection: Connection): void => {
      used.timer?.cancel();
      for (let send = sends[outcomes.length]; send !== undefined; send = sends[outcomes.length]) {
        const unsendable = send(connection, code => {
          outcomes.push({ kind: 'acknowledged', code, protocol });
          next(connection);
        });
        if (unsendable === null) {
          used.timer = clock.after(ANSWER_LIMIT_MS, () => used.opening?.end(SILENT), { isBackground: true });
          return;
        }
        const failure = { kind: 'protocol', message: unsendable.why, cure: unsendable.cure, code: null } as const;
        outcomes.push({ kind: 'failed', failure, wasPublished: false });
      }
      resolve();
    };
    const handlers = {
      onOpened: (connection: Connection): void => {
        used.connection = connection;
        next(connection);
      },
      onMessage: () => {},
      onEnded: (end: Parameters<typeof describeEnd>[0]): void => {
        hasEnded = true;
        const failure = describeEnd(end, { options, credentials });
        // The one that was on its way is lost without an answer, and the others were never sent.
        let wasPublished = used.connection !== null;
        while (outcomes.length < sends.length) {
          outcomes.push({ kind: 'failed', failure, wasPublished });
          wasPublished = false;
        }
        resolve();
      },
    };
    used.opening = openConnection({ options, credentials, protocol, clock, handlers });
  });
  used.timer?.cancel();
  if (used.connection !== null && !hasEnded) await within(clock, CLOSE_LIMIT_MS, used.connection.close());
  used.opening?.drop();
  return outcomes;
}
