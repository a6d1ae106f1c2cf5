import type { HomeEvent } from '../core/home/state/event.ts';
import { createState, type HomeState } from '../core/home/state/state.ts';
import { nextDueAt } from '../core/home/update-time.ts';
import type { House } from '../core/house/house.ts';
import { type Clock, LOOK_INTERVAL_MS, openTimeWatch, type Timer } from '../io/clock.ts';
import type { LinkSetup, MqttLink } from '../io/mqtt-link/mqtt-link.ts';
import type { LinkOptions } from '../io/mqtt-options/mqtt-options.ts';
import { createEffectRunner } from './run-effects.ts';
import type { HouseSeals } from './sealed/house-seals.ts';
import { keepSealMarks } from './sealed/seal-marks.ts';
import { createSidePublisher, type SidePublisher } from './side-publish.ts';
import { createStore, type HomeStore } from './store.ts';

/** Something besides the link that brings events in: the broker's log, the ACL file. */
export type Source = (emit: (event: HomeEvent) => void) => {
  readonly close: () => void | Promise<void>;
  /** Resolves when what stood there before has been told; already done where it is left out. Never rejects. */
  readonly caughtUp?: Promise<void>;
};

export interface SessionSetup {
  readonly connection: LinkOptions;
  readonly house: House;
  readonly clock: Clock;
  /** Numbers in [0, 1). */
  readonly random: () => number;
  readonly sources?: readonly Source[];
  /** For devices that seal what they send; none of the house does where it is left out. */
  readonly seals?: Pick<HouseSeals, 'now'>;
  /** Whether to make no attempt before `setPassword`: one without it would only be refused. */
  readonly waitsForPassword?: boolean;
  /** What is waited for before the link is loaded and the first attempt is made; nothing unless given. */
  readonly connectsAfter?: Promise<void>;
  /** What is listened to; `all` where it is not said. */
  readonly scope?: LinkSetup['scope'];
  /**
   * Asks another process of ours that has listened to this house: at once, and again each time that we have begun to
   * listen ourselves. `null` where there is none; `not-now` where it is there and did not answer in time, or hears nothing
   * itself: it is asked again.
   */
  readonly askPast?: (house: House) => Promise<Past | 'not-now' | null>;
  /** Called when it is found that the program stood still for a while. */
  readonly onStoodStill?: () => void;
}

/** What another process knew, no earlier than `askedAt`, ms. */
export interface Past {
  readonly state: HomeState;
  readonly askedAt: number;
}

/** A living house: its state, and the way to its broker. */
export interface HomeSession {
  readonly store: HomeStore;
  /** The connection with who logs in as it is now: a password that was typed is in it. Not to be shown or logged. */
  readonly link: () => LinkOptions;
  /** Publishes what is no command of the house: a notice. */
  readonly publish: SidePublisher['publish'];
  /** Another password, and user where one is named, for a login that was refused. */
  readonly setPassword: MqttLink['setPassword'];
  /** Resolves when the sources have told what stood there before: what they say counts, and silence before it does not. */
  readonly caughtUp: Promise<unknown>;
  /** Looks whether the program stood still: to be called before something is done that was asked for meanwhile. */
  readonly look: () => void;
  /**
   * Brings the house to the time of this moment, and tells it if the program was asleep: to be called on waking up,
   * before anything is drawn, since what was live then is not live now.
   */
  readonly wake: () => void;
  /** Stops the sources, then the link, then time; resolves within about a second. May be called again. */
  readonly close: () => Promise<void>;
}

const TICK_MS = 1_000;
const UNSEALABLE = {
  why: 'its device takes sealed commands only, and there is no key for it here',
  cure: 'Copy keys.json from where its key was made',
};

/** Opens a session: link, sources and clock feed the store, and its effects go to the link. */
export function openSession(setup: SessionSetup): HomeSession {
  const { connection, house, clock, random, sources = [], scope = 'all' } = setup;
  const seals = setup.seals?.now ?? (() => null);
  const effects = createEffectRunner(seals, commandId =>
    store.dispatch({ type: 'command-not-sent', at: clock.now(), commandId, ...UNSEALABLE }),
  );
  const store: HomeStore = createStore(createState(house, connection.session, clock.now()), effects.run);
  let link: MqttLink | null = null;
  let closing: Promise<void> | null = null;
  /** With what the link will be opened that is being loaded. */
  let wanted: LinkOptions | null = null;
  let current = connection;
  const open = async (options: LinkOptions): Promise<void> => {
    const isLoading = wanted !== null;
    wanted = options;
    if (isLoading) return;
    await setup.connectsAfter;
    const { openMqttLink } = await import('../io/mqtt-link/mqtt-link.ts');
    if (closing !== null) return;
    const { house: current } = store.getState();
    link = openMqttLink({ options: wanted, house: current, clock, random, emit: hear, scope });
    effects.use(link);
  };
  const side = createSidePublisher(() => link);
  const hear = createHear(store, side, seals, () => timeWatch.look());
  if (setup.waitsForPassword !== true) void open(connection);
  const opened = sources.map(openSource => openSource(store.dispatch));
  const catchUp = createCatchUp(store, clock);
  const timeWatch = openTimeWatch(clock, event => {
    store.dispatch(event);
    if (event.skippedMs > 0) setup.onStoodStill?.();
    if (link !== null) void catchUp(link, event.at - event.skippedMs - LOOK_INTERVAL_MS);
  });
  const ticker = openTicker(clock, store);
  hearPast(setup, store, () => closing === null);
  const marks = keepSealMarks(store, () => seals()?.marks ?? null, clock);
  const close = async (): Promise<void> => {
    marks.close();
    await Promise.all(opened.map(source => source.close()));
    await link?.close();
    timeWatch.close();
    ticker.cancel();
  };
  return {
    store,
    link: () => current,
    publish: side.publish,
    setPassword: (password, user) => {
      if (user !== undefined) store.dispatch({ type: 'login-changed', at: clock.now(), user });
      current = { ...connection, session: store.getState().session, password };
      if (link === null) void open(current);
      else link.setPassword(password, user);
    },
    caughtUp: Promise.all(opened.map(source => source.caughtUp)),
    look: timeWatch.look,
    wake: () => {
      timeWatch.look();
      store.dispatch({ type: 'ticked', at: clock.now() });
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** What the link tells, on its way into the house. After a stop the socket may have its turn before the signal: `look`. */
function createHear(store: HomeStore, side: SidePublisher, seals: HouseSeals['now'], look: () => void) {
  let lookedAt = Number.NaN;
  return (event: HomeEvent): void => {
    if (event.type === 'message-received') {
      // What it brings was not sent now. Not again within the same moment: a stop would have moved that.
      if (event.at !== lookedAt) look();
      lookedAt = event.at;
      store.dispatch(seals()?.open(event) ?? event);
    } else if (!side.takes(event)) store.dispatch(event);
  };
}

/** Who did not answer is asked again after so long, ms, each time: on a busy machine an answer may come too late. */
const ASK_AGAIN_MS = [500, 1_000, 2_000, 4_000] as const;

/** Brings in what another process has heard, as long as we are who it is meant for. */
function hearPast({ askPast, clock, connection }: SessionSetup, store: HomeStore, isOpen: () => boolean): void {
  if (askPast === undefined) return;
  let isFirst = true;
  let links = 0;
  const hear = async (link: number, tries = 0): Promise<void> => {
    const { house } = store.getState();
    const past = await askPast(house);
    if (past === 'not-now') {
      const again = (): void => {
        if (isOpen() && link === links) void hear(link, tries + 1);
      };
      const waitMs = ASK_AGAIN_MS[tries];
      if (waitMs !== undefined) clock.after(waitMs, again, { isBackground: true });
      return;
    }
    const { session, house: current } = store.getState();
    // It is asked about the house as it was then, as the user that we began as.
    const isSame = session.user === connection.session.user && current === house;
    if (past === null || !isSame || !isOpen()) return;
    store.dispatch({ type: 'past-heard', at: clock.now(), past: past.state, askedAt: past.askedAt, isFirst });
    isFirst = false;
  };
  void hear(links);
  store.observe(({ before, after }) => {
    if (before.link.phase === 'connected' || after.link.phase !== 'connected') return;
    links += 1;
    void hear(links);
  });
}

/**
 * What is done after a sleep that began at `since`, ms: the broker may have let us go meanwhile without our noticing;
 * else all that it sent then comes now.
 */
function createCatchUp(store: HomeStore, clock: Clock): (link: MqttLink, since: number) => Promise<void> {
  let sleeps = 0;
  return async ({ checkNow }, since) => {
    sleeps += 1;
    const sleep = sleeps;
    const { link: before } = store.getState();
    const checked = checkNow();
    if (before.phase === 'connected') store.dispatch({ type: 'backlog-began', at: clock.now(), since });
    await checked;
    if (sleep !== sleeps || store.getState().link !== before) return;
    store.dispatch({ type: 'backlog-ended', at: clock.now() });
  };
}

/**
 * Tells the house once a second that time goes by, and besides at the moment when a command or the end of an alarm is
 * due, so that it is not up to a second late. It does not keep the program running.
 */
function openTicker(clock: Clock, store: HomeStore): Timer {
  let timer = clock.after(TICK_MS, tick, { isBackground: true });
  let due: { readonly at: number; readonly timer: Timer } | null = null;
  function tick(): void {
    timer = clock.after(TICK_MS, tick, { isBackground: true });
    store.dispatch({ type: 'ticked', at: clock.now() });
  }
  function plan(): void {
    const at = nextDueAt(store.getState());
    if (at === (due?.at ?? null)) return;
    due?.timer.cancel();
    due = at === null ? null : { at, timer: clock.after(Math.max(0, at - clock.now()), look, { isBackground: true }) };
  }
  function look(): void {
    due = null;
    store.dispatch({ type: 'ticked', at: clock.now() });
  }
  const release = store.subscribe(plan);
  return {
    cancel: () => {
      release();
      timer.cancel();
      due?.timer.cancel();
    },
  };
}
