import type { HomeEvent } from '../../../src/core/home/state/event.ts';
import type { LinkState } from '../../../src/core/home/state/link.ts';
import { createHouse, type House } from '../../../src/core/house/house.ts';
import { presets } from '../../../src/core/house/presets.ts';
import { type Clock, systemClock } from '../../../src/io/clock.ts';
import { type MqttLink, openMqttLink } from '../../../src/io/mqtt-link/mqtt-link.ts';
import { type ConnectionOptions, parseConnectionOptions } from '../../../src/io/mqtt-options/mqtt-options.ts';

type EventOf<Type extends HomeEvent['type']> = Extract<HomeEvent, { type: Type }>;
type StateOf<Phase extends LinkState['phase']> = Extract<LinkState, { phase: Phase }>;

/** A link under test, with all that it told. */
export interface WatchedLink {
  readonly link: MqttLink;
  readonly events: readonly HomeEvent[];
  /** The first event of this type that fits and was not awaited before; rejects with all events after `limitMs`. */
  readonly next: <Type extends HomeEvent['type']>(
    type: Type,
    fits?: (event: EventOf<Type>) => boolean,
    limitMs?: number,
  ) => Promise<EventOf<Type>>;
  /** The next time that the link is in this phase. */
  readonly phase: <Phase extends LinkState['phase']>(phase: Phase, limitMs?: number) => Promise<StateOf<Phase>>;
  readonly all: <Type extends HomeEvent['type']>(type: Type) => readonly EventOf<Type>[];
  /** Publishes a command under a new number. */
  readonly command: (topic: string, payload?: string) => number;
  readonly close: () => Promise<void>;
}

export interface WatchedOptions extends ConnectionOptions {
  readonly house?: House;
  readonly clock?: Clock;
  /** Is called with each event. */
  readonly listen?: (event: HomeEvent, link: () => MqttLink) => void;
}

/** The house of the contract. */
export function articleHouse(): House {
  if (presets.article === undefined) throw new Error('the preset article is missing');
  return createHouse(presets.article);
}

/** Opens a link to 127.0.0.1 unless the options say otherwise, and keeps everything that it tells. */
export function openWatchedLink(options: WatchedOptions): WatchedLink {
  const { house = articleHouse(), clock = systemClock(), listen, ...connection } = options;
  const address = connection.url === undefined ? { host: '127.0.0.1', ...connection } : connection;
  const parsed = parseConnectionOptions(address, Math.random);
  if (!parsed.ok) throw new Error(parsed.error.map(issue => issue.message).join('\n'));
  const events: HomeEvent[] = [];
  const wakers = new Set<() => void>();
  const taken = new Set<HomeEvent>();
  const emit = (event: HomeEvent): void => {
    events.push(event);
    listen?.(event, () => link);
    for (const wake of wakers) wake();
  };
  const link = openMqttLink({ options: parsed.value, house, clock, random: () => 0.5, emit });
  let lastCommandId = 0;

  const next: WatchedLink['next'] = (type, fits = () => true, limitMs = 8_000) =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = events.find(
          (event): event is EventOf<typeof type> =>
            event.type === type && !taken.has(event) && fits(event as EventOf<typeof type>),
        );
        if (found === undefined) return;
        taken.add(found);
        done();
        resolve(found);
      };
      const done = (): void => {
        wakers.delete(look);
        clearTimeout(limit);
      };
      const limit = setTimeout(() => {
        done();
        reject(
          new Error(`waited ${limitMs} ms for ${type}; there was:\n${events.map(e => JSON.stringify(e)).join('\n')}`),
        );
      }, limitMs);
      wakers.add(look);
      look();
    });

  return {
    link,
    events,
    next,
    phase: async (phase, limitMs) => {
      const { link: state } = await next('link-changed', event => event.link.phase === phase, limitMs);
      return state as StateOf<typeof phase>;
    },
    all: type => events.filter((event): event is EventOf<typeof type> => event.type === type),
    command: (topic, payload = 'on') => {
      lastCommandId += 1;
      link.perform({ type: 'publish-command', commandId: lastCommandId, topic, payload, expirySeconds: 5 });
      return lastCommandId;
    },
    close: () => link.close(),
  };
}
