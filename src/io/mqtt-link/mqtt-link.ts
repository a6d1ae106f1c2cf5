import { assertNever } from '../../core/assert-never.ts';
import type { Effect } from '../../core/home/state/effect.ts';
import type { HomeEvent } from '../../core/home/state/event.ts';
import { linkText } from '../../core/home/state/link.ts';
import type { House } from '../../core/house/house.ts';
import type { Clock } from '../clock.ts';
import type { LinkOptions } from '../mqtt-options/mqtt-options.ts';
import { createInFlight } from './in-flight.ts';
import { connect, hearHouse, type KeptLink, probe, redial, retry, shut } from './keep-up.ts';
import { createReceiver, type Untimed } from './receiver.ts';
import { createRetainedWatch } from './retained-watch.ts';
import { createSubscriptions, type ListeningScope, unreadCommandTopics } from './subscriptions.ts';
import { createVersionChoice } from './version-choice.ts';

/** The way to the broker. It keeps itself up, and tells everything by events. */
export interface MqttLink {
  /** Does what `update` asked for. The answer is an event, never before this call has returned. */
  readonly perform: (effect: Effect) => void;
  /**
   * Takes another password, and user where one is named: at once where no login was accepted yet, else from the next
   * connection on.
   */
  readonly setPassword: (password: string, user?: string) => void;
  /**
   * Finds out whether the connection is still alive, and makes a new one at once if not: to be called after
   * `time-skipped`, for a broker lets a sleeping client go without its noticing. Resolves when it is known; all that the
   * broker sent before this call was then told.
   */
  readonly checkNow: () => Promise<void>;
  /** Says goodbye; resolves within a second with nothing left open. May be called again. */
  readonly close: () => Promise<void>;
}

/** What a link needs. */
export interface LinkSetup {
  readonly options: LinkOptions;
  readonly house: House;
  readonly clock: Clock;
  /** Numbers in [0, 1), for the jitter of the waits. */
  readonly random: () => number;
  /** Is called from the event loop, never before `openMqttLink` has returned. */
  readonly emit: (event: HomeEvent) => void;
  /** `all` where it is not said. */
  readonly scope?: ListeningScope;
}

/** A broker that does not answer a ping in this time, ms, is not there any more. */
const PING_LIMIT_MS = 5_000;
/** The same after a command that was not acknowledged in its time: it must not arrive after its verdict. */
const WITHDRAW_LIMIT_MS = 1_000;

/** Opens the link; the first attempt begins as soon as this has returned. */
export function openMqttLink(setup: LinkSetup): MqttLink {
  const link = createLink(setup);
  let closing: Promise<void> | null = null;
  queueMicrotask(() => {
    if (link.state.phase === 'idle') connect(link);
  });
  return {
    perform: effect => perform(link, effect),
    setPassword: (password, user) => {
      link.credentials = { user: user ?? link.credentials.user, password };
      redial(link);
    },
    checkNow: async () => {
      if (link.state.phase === 'connected') await probe(link, PING_LIMIT_MS);
      else if (link.state.phase === 'waiting') retry(link);
    },
    close: () => {
      closing ??= shut(link);
      return closing;
    },
  };
}

function createLink({ options, house, clock, random, emit, scope = 'all' }: LinkSetup): KeptLink {
  const emitNow = (event: Untimed<HomeEvent>): void => {
    const at = clock.now();
    if (event.type === 'message-received') {
      const { type, topic, payload, isRetained } = event;
      emit({ type, at, topic, payload, isRetained });
    } else emit({ ...event, at });
  };
  return {
    options,
    clock,
    random,
    emit: emitNow,
    versions: createVersionChoice(options.protocolVersion),
    subscriptions: createSubscriptions(house, scope),
    inFlight: createInFlight((commandId, code) => emitNow({ type: 'command-acknowledged', commandId, code })),
    receive: createReceiver(house),
    nextHouse: null,
    retained: createRetainedWatch(new Set(unreadCommandTopics(house)), topic =>
      emitNow({ type: 'message-received', topic, payload: new Uint8Array(), isRetained: true }),
    ),
    credentials: { user: options.session.user, password: options.password },
    state: { phase: 'idle' },
    attempt: 0,
    refusals: 0,
    muteMs: null,
    waits: 0,
    opening: null,
    connection: null,
    early: null,
    timer: null,
  };
}

function perform(link: KeptLink, effect: Effect): void {
  switch (effect.type) {
    case 'publish-command':
      if (link.state.phase === 'connected' && link.connection !== null) {
        const { connection } = link;
        link.retained.stepAside(effect.topic, () => {
          const unsendable = link.inFlight.publish(effect, connection);
          if (unsendable === null) return;
          queueMicrotask(() => link.emit({ type: 'command-not-sent', commandId: effect.commandId, ...unsendable }));
        });
      } else {
        queueMicrotask(() => refuseToSend(link, effect.commandId));
      }
      break;
    case 'listen-to':
      hearHouse(link, effect.house);
      break;
    case 'withdraw-command':
      if (link.inFlight.withdraw(effect.commandId)) void probe(link, WITHDRAW_LIMIT_MS);
      break;
    default:
      assertNever(effect);
  }
}

/** Nothing is kept for later: a pump that starts an hour after the key was pressed is a danger. */
function refuseToSend(link: KeptLink, commandId: number): void {
  const why = linkText(link.state, link.options.session, link.clock.now());
  link.emit({ type: 'command-not-sent', commandId, why });
}
