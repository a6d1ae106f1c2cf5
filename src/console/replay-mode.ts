import type { ReplayPlayer } from '../app/replay/player.ts';
import { assertNever } from '../core/assert-never.ts';
import type { HomeState } from '../core/home/state/state.ts';
import type { ReplayAsk } from '../ui/keys/intent.ts';
import type { Readable } from '../ui/state/pace.ts';

/** How the past comes to the screen. */
export interface ReplayOptions {
  /** Opens what was recorded; resolves with why that is not possible, a sentence without a full stop. */
  readonly open: () => Promise<ReplayPlayer | string>;
  /** What the console begins and ends with, and at which moment, ms; `null` where that is the living house. */
  readonly first: { readonly player: ReplayPlayer; readonly at: number } | null;
}

/** What is on the screen: the living house, or the past of it. */
export interface ReplayMode {
  readonly home: Readable<HomeState>;
  /** The replay that is shown; `null` while the living house is. */
  readonly player: () => ReplayPlayer | null;
  readonly ask: (ask: ReplayAsk) => void;
  readonly goTo: (at: number) => void;
  readonly close: () => void;
}

/** What a mode is given of the console. */
export interface ReplayModeSetup {
  readonly live: Readable<HomeState>;
  readonly options: ReplayOptions | null;
  /** Now, ms. */
  readonly now: () => number;
  /** Says something to the person. */
  readonly say: (text: string) => void;
  /** The past is shown from now on, or the living house again. */
  readonly onShown: (isPast: boolean) => void;
  /** Ends the console. */
  readonly leave: () => void;
}

/** So far back the past begins when it is asked for from the living house, ms. */
const BACK_MS = 3_600_000;

/** Makes the mode; the living house lives on while the past is shown. */
export function openReplayMode({ live, options, now, say, onShown, leave }: ReplayModeSetup): ReplayMode {
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of [...listeners]) listener();
  };
  let player: ReplayPlayer | null = options?.first?.player ?? null;
  let isOpening = false;
  let trouble: string | null = null;
  /** What stands in the way of reading on is said once. */
  const hear = (): void => {
    const found = player?.trouble() ?? null;
    if (found !== null && found !== trouble) say(asSentence(found));
    trouble = found;
    tell();
  };
  const source = (): Readable<HomeState> => player ?? live;
  let release = source().subscribe(hear);
  const show = (next: ReplayPlayer | null): void => {
    release();
    player?.close();
    player = next;
    release = source().subscribe(hear);
    onShown(next !== null);
    tell();
  };
  const follow = (way: Promise<string>): void => {
    const fail = (error: unknown): void => say(`The history cannot be read on: ${messageOf(error)}`);
    void way.then(outcome => outcome in OUTCOMES && say(OUTCOMES[outcome as keyof typeof OUTCOMES]), fail);
  };
  const play = (shown: ReplayPlayer, at: number): Promise<string> => {
    const way = shown.goTo(at);
    // On the way already: what is pressed meanwhile counts.
    shown.pause(false);
    return way;
  };
  const open = async (): Promise<void> => {
    if (options === null) return say('There is no history here');
    if (isOpening) return;
    isOpening = true;
    const opened = await options.open();
    isOpening = false;
    if (typeof opened === 'string') return say(asSentence(opened));
    const way = play(opened, now() - BACK_MS);
    show(opened);
    follow(way);
  };
  if (options?.first != null) follow(play(options.first.player, options.first.at));
  return {
    home: {
      getState: () => source().getState(),
      subscribe: listener => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
    player: () => player,
    ask: ask => {
      if (ask === 'open') return void open();
      if (player === null) return;
      if (ask === 'end') return options?.first?.player === player ? leave() : show(null);
      const answer = control(player, ask);
      if (typeof answer === 'string') say(answer);
      else if (answer !== null) follow(answer);
    },
    goTo: at => {
      if (player !== null) follow(player.goTo(at));
    },
    close: () => {
      release();
      player?.close();
    },
  };
}

const asSentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const OUTCOMES = {
  'before-first': 'This is where the record begins',
  'behind-last': 'This is where the record ends',
  damaged: 'Some of what was recorded on this day is damaged, and missing here: hometui history check says where',
} as const;

/** Does it; what is to be said, or what to wait for. */
function control(player: ReplayPlayer, ask: Exclude<ReplayAsk, 'open' | 'end'>): string | Promise<string> | null {
  switch (ask) {
    case 'pause':
      return pause(player);
    case 'faster':
      return player.changeSpeed(1) ? null : 'It does not go faster';
    case 'slower':
      return player.changeSpeed(-1) ? null : 'It does not go slower; Space stops it';
    case 'next-event':
      return player.next('event');
    case 'next-alarm':
      return player.next('alarm');
    case 'go-to':
      return null;
    default:
      return assertNever(ask);
  }
}

function pause(player: ReplayPlayer): string | null {
  const { isPaused } = player.status();
  player.pause(!isPaused);
  if (!isPaused || !player.status().isPaused) return null;
  const trouble = player.trouble();
  return trouble === null ? OUTCOMES['behind-last'] : asSentence(trouble);
}
