import type { Clock } from '../clock.ts';
import type { Connection } from '../mqtt-connection/connection.ts';
import { openConnection } from '../mqtt-connection/open-connection.ts';
import { describeEnd } from '../mqtt-link/failure.ts';
import { within } from '../mqtt-link/within.ts';
import type { LinkOptions } from '../mqtt-options/mqtt-options.ts';

/** One login for a trial; it is made once, with MQTT 5, and not again. */
export interface TrialLink {
  readonly user: string | null;
  /** Why there is no connection, or no longer; `null` while there is one. */
  readonly failure: () => string | null;
  /** The SUBACK's code, at QoS 1; `null` where the connection ended before. */
  readonly subscribe: (topic: string) => Promise<number | null>;
  /** The PUBACK's code; `null` where none came. */
  readonly publish: (topic: string, payload: string) => Promise<number | null>;
  /** Resolves when all is here that the broker had for us before. */
  readonly fence: () => Promise<void>;
  /** Says goodbye; resolves within 1 s. */
  readonly close: () => Promise<void>;
}

const CLOSE_LIMIT_MS = 1_000;

/** Logs in and resolves when that is decided, within some 10 s. `onMessage` gets all that is delivered. */
export async function openTrialLink(
  options: LinkOptions,
  clock: Clock,
  onMessage: (topic: string, isRetained: boolean, payload: Uint8Array) => void,
): Promise<TrialLink> {
  const credentials = { user: options.session.user, password: options.password };
  let failure: string | null = null;
  let end: () => void = () => {};
  const ended = new Promise<null>(resolve => {
    end = () => resolve(null);
  });
  let drop: () => void = () => {};
  const connection = await new Promise<Connection | null>(resolve => {
    const opening = openConnection({
      options,
      credentials,
      protocol: '5',
      clock,
      handlers: {
        onOpened: resolve,
        onMessage: (topic, payload, isRetained) => onMessage(topic, isRetained, payload),
        onEnded: how => {
          failure = describeEnd(how, { options, credentials }).message;
          end();
          resolve(null);
        },
      },
    });
    drop = opening.drop;
  });
  return {
    user: options.session.user,
    failure: () => failure,
    subscribe: async topic => (connection === null ? null : Promise.race([connection.subscribe(topic, 1), ended])),
    publish: async (topic, payload) => {
      if (connection === null) return null;
      const answer = new Promise<number | null>(resolve => {
        const unsendable = connection.publish({ topic, payload, expirySeconds: 1 }, resolve);
        if (unsendable !== null) resolve(null);
      });
      return Promise.race([answer, ended]);
    },
    fence: async () => {
      if (connection !== null) await Promise.race([connection.ping(), ended]);
    },
    close: async () => {
      if (connection !== null && failure === null) await within(clock, CLOSE_LIMIT_MS, connection.close());
      drop();
    },
  };
}
