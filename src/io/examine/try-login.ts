import type { LinkFailure, ProtocolVersion } from '../../core/home/state/link.ts';
import type { Clock } from '../clock.ts';
import type { Connection } from '../mqtt-connection/connection.ts';
import { type OpeningConnection, openConnection } from '../mqtt-connection/open-connection.ts';
import { describeEnd } from '../mqtt-link/failure.ts';
import { mayBeOld } from '../mqtt-link/version-choice.ts';
import { within } from '../mqtt-link/within.ts';
import type { LinkOptions } from '../mqtt-options/mqtt-options.ts';

/** What became of a login. */
export type LoginOutcome =
  | { readonly kind: 'accepted'; readonly protocol: ProtocolVersion }
  | { readonly kind: 'failed'; readonly failure: LinkFailure };

const CLOSE_LIMIT_MS = 1_000;
/** How long the CONNACK is waited for, ms. */
const ANSWER_LIMIT_MS = 5_000;

/** Logs in and leaves, with MQTT 5, and with 3.1.1 where that is not spoken. Resolves within some 20 s. */
export async function tryLogin(options: LinkOptions, clock: Clock): Promise<LoginOutcome> {
  if (options.protocolVersion === '311') return tryOnce(options, '3.1.1', clock);
  const first = await tryOnce(options, '5', clock);
  if (first.kind === 'accepted' || options.protocolVersion === '5') return first;
  return mayBeOld(first.failure) ? tryOnce(options, '3.1.1', clock) : first;
}

async function tryOnce(options: LinkOptions, protocol: ProtocolVersion, clock: Clock): Promise<LoginOutcome> {
  const credentials = { user: options.session.user, password: options.password };
  let opening: OpeningConnection | null = null;
  const outcome = await new Promise<Connection | LinkFailure>(resolve => {
    const handlers = {
      onOpened: resolve,
      onMessage: () => {},
      onEnded: (end: Parameters<typeof describeEnd>[0]) => resolve(describeEnd(end, { options, credentials })),
    };
    opening = openConnection({ options, credentials, protocol, clock, answerLimitMs: ANSWER_LIMIT_MS, handlers });
  });
  const isIn = 'close' in outcome;
  if (isIn) await within(clock, CLOSE_LIMIT_MS, outcome.close());
  (opening as OpeningConnection | null)?.drop();
  return isIn ? { kind: 'accepted', protocol } : { kind: 'failed', failure: outcome };
}
