import type { LinkFailure } from '../../core/home/state/link.ts';
import type { Clock, Timer } from '../clock.ts';
import type { CommandPublish } from '../mqtt-connection/client-internals.ts';
import type { Connection } from '../mqtt-connection/connection.ts';
import { type OpeningConnection, openConnection } from '../mqtt-connection/open-connection.ts';
import type { Unsendable } from '../mqtt-connection/server-limits.ts';
import type { LinkOptions } from '../mqtt-options/mqtt-options.ts';
import { describeEnd } from './failure.ts';
import { within } from './within.ts';

/** What became of one message: the PUBACK's reason code, or why there was none. */
export type PublishOutcome =
  | { readonly kind: 'acknowledged'; readonly code: number }
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
 * Logs in with MQTT 5, publishes one message at QoS 1, not retained, and leaves: no second try, and nothing is
 * subscribed. Resolves within about 15 s with nothing left open.
 */
export async function publishOnce(
  options: LinkOptions,
  message: CommandPublish,
  clock: Clock,
): Promise<PublishOutcome> {
  const send: Send = (connection, onAcknowledged) => connection.publish(message, onAcknowledged);
  const [outcome] = await publishEach(options, '5', [send], clock);
  return outcome ?? NOTHING_SENT;
}

/**
 * Logs in once, publishes messages at QoS 1 that the broker is to keep, each when the one before was answered, and leaves.
 * What comes after a message that ended the connection is not sent. MQTT 5 unless 3.1.1 was asked for.
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
  return publishEach(options, options.protocolVersion === '311' ? '3.1.1' : '5', sends, clock);
}

type Send = (connection: Connection, onAcknowledged: (code: number) => void) => Unsendable | null;

const NOTHING_SENT: PublishOutcome = {
  kind: 'failed',
  failure: { kind: 'protocol', message: 'nothing was sent', cure: 'Try it again', code: null },
  wasPublished: false,
};

const SILENT = { kind: 'silent', isBeforeConnack: false, isAsked: true, waitedMs: ANSWER_LIMIT_MS } as const;

async function publishEach(
  options: LinkOptions,
  protocol: '5' | '3.1.1',
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
          outcomes.push({ kind: 'acknowledged', code });
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
