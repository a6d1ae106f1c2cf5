import type { Explorer, ExplorerStatus } from '../../app/explorer/explorer.ts';
import type { ProtocolVersion } from '../../core/home/state/link.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { getRow } from '../../core/home/state/table.ts';
import type { Clock } from '../../io/clock.ts';
import type { KeyEvent } from '../../terminal/input/key-event.ts';
import type { FrameWriter } from '../../terminal/output/frame-writer.ts';
import type { ExploreAsk } from '../../ui/keys/intent.ts';
import type { ScreenPane } from '../../ui/picture/frame.ts';
import type { TopicDialog } from '../../ui/state/app-state.ts';
import { pace, type Readable } from '../../ui/state/pace.ts';
import type { ExplorerDesk } from './explorer-desk.ts';

/** Opens a topic explorer, with the protocol that the link of the house speaks. */
export interface ExplorerDoor {
  readonly open: (protocol: ProtocolVersion) => Promise<Explorer>;
  /** The house file; `null` where the house is a preset. */
  readonly housePath: string | null;
}

/** The topic explorer as the console has it: what it takes is loaded and listened to only while it is shown. */
export interface ExplorerMode extends ScreenPane {
  /** Whether it is on the screen from now on. */
  readonly follow: (isShown: boolean) => void;
  readonly ask: (ask: ExploreAsk) => void;
  /** The answer to what was asked before something is published. */
  readonly answer: (isYes: boolean) => void;
  /** A key for what is being typed. */
  readonly type: (key: KeyEvent) => void;
  readonly isTyping: boolean;
  readonly isDeep: boolean;
  /** Says when it is to be drawn anew. */
  readonly drawn: Pick<Readable<unknown>, 'subscribe'>;
  /**
   * Calls when nothing is subscribed for it any more, at once where nothing is: an own subscription would hide from a
   * command that nobody else has one.
   */
  readonly whenQuiet: (call: () => void) => void;
  readonly close: () => void;
}

/** What it is given of the console. */
export interface ExplorerModeSetup {
  readonly explorer?: ExplorerDoor;
  readonly house: Readable<HomeState>;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  readonly writer: Pick<FrameWriter, 'stream'>;
  /** Says something to the person. */
  readonly say: (text: string) => void;
  /** Asks before something is published. */
  readonly askBefore: (dialog: TopicDialog) => void;
  /** The console cannot go on. */
  readonly fail: (error: unknown) => void;
}

/** What is heard is drawn so rarely, ms: keys are drawn at once. */
const PACE_MS = 1_000;

/** Makes the mode; nothing is loaded before it is first shown. */
export function openExplorerMode(setup: ExplorerModeSetup): ExplorerMode {
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  let desk: ExplorerDesk | null = null;
  let isShown = false;
  let isOpening = false;
  let release = (): void => {};
  let quiet: Promise<unknown> | null = null;
  const open = async (door: ExplorerDoor, protocol: ProtocolVersion): Promise<void> => {
    isOpening = true;
    await quiet;
    const [{ openExplorerDesk }, explorer] = await Promise.all([import('./explorer-desk.ts'), door.open(protocol)]);
    isOpening = false;
    desk = openExplorerDesk({ ...setup, housePath: door.housePath, explorer, redraw: tell });
    release = paced(explorer, setup.clock).subscribe(() => desk?.heard());
    if (!isShown) shut();
    tell();
  };
  const shut = (): void => {
    release();
    const closing = desk?.close() ?? null;
    desk = null;
    if (closing === null) return;
    quiet = closing;
    void closing.then(() => {
      if (quiet === closing) quiet = null;
    });
  };
  const openWhenReady = (): void => {
    const { explorer: door, house } = setup;
    if (!isShown || isOpening || desk !== null || door === undefined) return;
    const protocol = protocolWhenReady(house.getState());
    if (protocol !== null) void open(door, protocol).catch(setup.fail);
  };
  const unwatch = setup.house.subscribe(openWhenReady);
  return {
    follow: next => {
      if (next === isShown) return;
      isShown = next;
      if (isShown) openWhenReady();
      else shut();
    },
    ask: ask => desk?.ask(ask),
    answer: isYes => desk?.answer(isYes),
    type: key => desk?.type(key),
    get isTyping() {
      return desk?.isTyping() ?? false;
    },
    get isDeep() {
      return desk?.isDeep() ?? false;
    },
    lines: (view, size) => desk?.lines(view, size) ?? null,
    keys: (view, width) => desk?.keys(view, width) ?? null,
    drawn: {
      subscribe: listener => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    whenQuiet: call => {
      if (quiet === null) call();
      else void quiet.then(call);
    },
    close: () => {
      unwatch();
      isShown = false;
      shut();
    },
  };
}

/** The explorer with fewer calls: trouble, and the end of what is retained, are told at once. */
function paced({ status, subscribe }: Explorer, { after }: Pick<Clock, 'after'>): Readable<unknown> {
  const urgent = ({ phase, refused }: ExplorerStatus): string => `${phase} ${refused.length}`;
  return pace({ getState: status, subscribe }, { intervalMs: PACE_MS, urgent, after });
}

/** What the broker speaks, once there is a link and no command is on its way whose acknowledgement could be hidden. */
function protocolWhenReady({ link, switches }: HomeState): ProtocolVersion | null {
  const isCommanding = switches.ids.some(id => getRow(switches, id)?.command?.phase === 'sent');
  return link.phase === 'connected' && !isCommanding ? link.protocol : null;
}
