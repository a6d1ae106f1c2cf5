import { afterWaitingKeys } from '../io/clock.ts';
import type { KeyEvent } from '../terminal/input/key-event.ts';
import { drawDirectly } from '../ui/hosts/direct.ts';
import { isTooSmall } from '../ui/layout/layout.ts';
import { tooSmallLines } from '../ui/picture/frame.ts';
import { housesLines } from '../ui/picture/houses.ts';
import {
  createHouseList,
  type HouseEntry,
  type HouseFacts,
  type HouseList,
  reduceHouseList,
  withFacts,
} from '../ui/state/house-list.ts';
import { createPainter } from '../ui/text/paint.ts';
import type { Theme } from '../ui/theme/theme.ts';
import { sizeOf } from './drawing/console-size.ts';
import type { OpenTerminal } from './open-terminal.ts';

/** What the list of houses is made from. */
export interface HouseChoice {
  readonly terminal: Pick<OpenTerminal, 'keys' | 'look' | 'sleep'> & { readonly writer: OpenTerminal['writer'] };
  readonly theme: Theme;
  readonly entries: readonly HouseEntry[];
  /** Finds out about a house; never rejects. */
  readonly factsOf: (entry: HouseEntry) => Promise<HouseFacts>;
  /** Why the last choice came to nothing; `null` for the first one. */
  readonly notice: string | null;
}

/** Shows the houses that are saved until one is chosen; `null` where the person leaves instead. Rejects with what drawing throws. */
export function chooseHouse({ terminal, theme, entries, factsOf, notice }: HouseChoice): Promise<HouseEntry | null> {
  const { writer, look, keys, sleep } = terminal;
  const size = sizeOf(writer.stream);
  const listeners = new Set<() => void>();
  let list = createHouseList(entries, notice);
  const change = (next: HouseList): void => {
    list = next;
    for (const listener of [...listeners]) listener();
  };
  const app = {
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const sight = () => {
    const { glyphs, isUnicode } = look.getState();
    const shown = size.getState();
    const lines = isTooSmall(shown) ? tooSmallLines(shown) : housesLines({ glyphs }, shown, list);
    return { lines, painter: createPainter(theme, isUnicode) };
  };
  return new Promise((resolve, reject) => {
    let hasEnded = false;
    const drawing = drawDirectly(sight, [app, look, size], { write: writer.write, onError: reject });
    const end = (chosen: HouseEntry | null): void => {
      hasEnded = true;
      release();
      drawing.close();
      resolve(chosen);
    };
    const say = (text: string): void => change({ ...list, notice: text });
    const onKey = (key: KeyEvent): void => {
      const { list: next, command } = reduceHouseList(list, key);
      change(next);
      if (command === 'open') end(next.entries[next.focus] ?? null);
      else if (command === 'leave') end(null);
      else if (command === 'repaint') writer.repaint();
      else if (command === 'suspend') sleep(say);
    };
    let release = (): void => {};
    drawing.draw();
    release = keys.subscribe({ onKey, onDropped: say });
    // A key that came before may have chosen one.
    if (hasEnded) return release();
    void learnFacts(
      entries,
      factsOf,
      () => hasEnded,
      (place, facts) => change(withFacts(list, place, facts)),
    );
  });
}

/** One house after the other, each when no key waits. */
async function learnFacts(
  entries: readonly HouseEntry[],
  factsOf: HouseChoice['factsOf'],
  hasEnded: () => boolean,
  tell: (place: number, facts: HouseFacts) => void,
): Promise<void> {
  for (const [place, entry] of entries.entries()) {
    await afterWaitingKeys();
    if (hasEnded()) return;
    const facts = await factsOf(entry);
    if (hasEnded()) return;
    tell(place, facts);
  }
}
