import type { Effect } from '../../../src/core/home/state/effect.ts';
import type { HomeEvent, LinkEnd } from '../../../src/core/home/state/event.ts';
import type { LinkFailure, ProtocolVersion, Session } from '../../../src/core/home/state/link.ts';
import { createState, type HomeState } from '../../../src/core/home/state/state.ts';
import type { Position, SwitchState, Verdict } from '../../../src/core/home/state/switch.ts';
import { getRow } from '../../../src/core/home/state/table.ts';
import { update } from '../../../src/core/home/update.ts';
import { createHouse } from '../../../src/core/house/house.ts';
import { presets } from '../../../src/core/house/presets.ts';
import type { HouseConfig } from '../../../src/core/house/schema.ts';

/** Noon of a day in January: what tests count from. */
export const NOON = Date.UTC(2026, 0, 1, 12);

/** The session of `monitor` on a broker on this machine. */
export const session: Session = {
  url: 'mqtt://localhost:1883',
  host: 'localhost',
  port: 1883,
  user: 'monitor',
  clientId: 'hometui-test',
  isEncrypted: false,
  isLoopback: true,
};

/** A failure like the one of a broker that is not there. */
export const unreachable: LinkFailure = {
  kind: 'unreachable',
  message: 'broker not reachable at localhost:1883: connection refused',
  cure: 'Start the broker, or name another host with -h',
  code: null,
};

/** A house driven event by event, in fake time. */
export interface HouseRun {
  readonly state: HomeState;
  readonly effects: readonly Effect[];
  /** Milliseconds since the run began. */
  readonly elapsedMs: number;
  dispatch(event: HomeEvent): void;
  /** Lets time go by in ticks of one second. */
  pass(ms: number): void;
  connect(protocol?: ProtocolVersion): void;
  disconnect(): void;
  /** The link goes and comes back at once. */
  reconnect(protocol?: ProtocolVersion): void;
  receive(topic: string, payload: string | Uint8Array, options?: { retained?: boolean }): void;
  request(switchId: string, target: Position): Effect & { type: 'publish-command' };
  acknowledge(commandId: number, code?: number): void;
  /** Requests it, and the broker acknowledges the command at once. */
  publish(switchId: string, target: Position, code?: number): void;
  /** The connection goes before the PUBACK, as after a denial unless told otherwise. */
  lose(commandId: number, end?: LinkEnd): void;
  switchState(id: string): SwitchState;
  verdict(id: string): Verdict | null;
  texts(): readonly string[];
}

/** Starts a house without a link, at noon. */
export function runHouse(config: HouseConfig = articleHouse(), startAt = NOON): HouseRun {
  let state = createState(createHouse(config), session, startAt);
  const effects: Effect[] = [];
  let at = startAt;
  const run: HouseRun = {
    get state() {
      return state;
    },
    get effects() {
      return effects;
    },
    get elapsedMs() {
      return at - startAt;
    },
    dispatch(event) {
      const step = update(state, event);
      state = step.state;
      effects.push(...step.effects);
    },
    pass(ms) {
      const endAt = at + ms;
      while (at < endAt) {
        at = Math.min(endAt, at + 1_000);
        run.dispatch({ type: 'ticked', at });
      }
    },
    connect(protocol = '5') {
      run.dispatch({ type: 'link-changed', at, link: { phase: 'connected', protocol, connectedAt: at } });
    },
    disconnect() {
      const link = { phase: 'waiting', failure: unreachable, attempt: 1, retryAt: at + 1_000 } as const;
      run.dispatch({ type: 'link-changed', at, link });
    },
    reconnect(protocol) {
      run.disconnect();
      run.connect(protocol);
    },
    receive(topic, payload, options = {}) {
      const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload;
      run.dispatch({ type: 'message-received', at, topic, payload: bytes, isRetained: options.retained ?? false });
    },
    request(switchId, target) {
      const before = effects.length;
      run.dispatch({ type: 'switch-requested', at, switchId, target });
      const effect = effects[before];
      if (effect?.type !== 'publish-command') throw new Error(`${switchId} ${target} published nothing`);
      return effect;
    },
    acknowledge(commandId, code = 0) {
      run.dispatch({ type: 'command-acknowledged', at, commandId, code });
    },
    publish(switchId, target, code) {
      run.acknowledge(run.request(switchId, target).commandId, code);
    },
    lose(commandId, end = 'closed') {
      run.dispatch({ type: 'command-lost', at, commandId, end });
    },
    switchState(id) {
      const row = getRow(state.switches, id);
      if (row === undefined) throw new Error(`the house has no switch ${id}`);
      return row;
    },
    verdict: id => run.switchState(id).verdict,
    texts: () => state.journal.map(entry => entry.text),
  };
  return run;
}

/** Starts the house of the contract with a link. */
export function runConnected(protocol?: ProtocolVersion): HouseRun {
  const run = runHouse();
  run.connect(protocol);
  return run;
}

/** The preset `article`. */
export function articleHouse(): HouseConfig {
  const house = presets.article;
  if (house === undefined) throw new Error('the preset article is gone');
  return house;
}
