import type { LinkFailure } from '../../core/home/state/link.ts';
import type { Clock } from '../clock.ts';
import type { CommandPublish } from '../mqtt-connection/client-internals.ts';
import type { Connection } from '../mqtt-connection/connection.ts';
import { type OpeningConnection, openConnection } from '../mqtt-connection/open-connection.ts';
import type { LinkOptions } from '../mqtt-options/mqtt-options.ts';
import { describeEnd } from './failure.ts';
import { within } from './within.ts';

/** What became of one message: the PUBACK's reason code, or why there was none. */
export type PublishOutcome =
  | { readonly kind: 'acknowledged'; readonly code: number }
  | { readonly kind: 'failed'; readonly failure: LinkFailure; readonly wasPublished: boolean };

/** How long the PUBACK is waited for, ms. */
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
  const credentials = { user: options.session.user, password: options.password };
  const sent: { connection: Connection | null; opening: OpeningConnection | null } = {
    connection: null,
    opening: null,
  };
  const outcome = await new Promise<PublishOutcome>(resolve => {
    const onOpened = (connection: Connection): void => {
      sent.connection = connection;
      const unsendable = connection.publish(message, code => resolve({ kind: 'acknowledged', code }));
      if (unsendable !== null) {
        const failure = { kind: 'protocol', message: unsendable.why, cure: unsendable.cure, code: null } as const;
        resolve({ kind: 'failed', failure, wasPublished: false });
      }
      clock.after(
        ANSWER_LIMIT_MS,
        () => sent.opening?.end({ kind: 'silent', isBeforeConnack: false, isAsked: true, waitedMs: ANSWER_LIMIT_MS }),
        { isBackground: true },
      );
    };
    const handlers = {
      onOpened,
      onMessage: () => {},
      onEnded: (end: Parameters<typeof describeEnd>[0]): void => {
        const failure = describeEnd(end, { options, credentials });
        resolve({ kind: 'failed', failure, wasPublished: sent.connection !== null });
      },
    };
    sent.opening = openConnection({ options, credentials, protocol: '5', clock, handlers });
  });
  if (sent.connection !== null && (outcome.kind === 'acknowledged' || !outcome.wasPublished)) {
    await within(clock, CLOSE_LIMIT_MS, sent.connection.close());
  }
  sent.opening?.drop();
  return outcome;
}
