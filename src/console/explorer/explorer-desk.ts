import type { Explorer } from '../../app/explorer/explorer.ts';
import type { Clock } from '../../io/clock.ts';
import type { KeyEvent } from '../../terminal/input/key-event.ts';
import type { FrameWriter } from '../../terminal/output/frame-writer.ts';
import { type ExploreContext, type ExploreStep, explore, isDeep, typeSearch } from '../../ui/explorer/explore.ts';
import { firstView, lookWith, openRows } from '../../ui/explorer/explorer-view.ts';
import { explorerLines, searchKeys, treeHeight } from '../../ui/explorer/pane.ts';
import { topicPage } from '../../ui/explorer/topic-page.ts';
import { valuesOf } from '../../ui/explorer/topic-sight.ts';
import type { ExploreAsk } from '../../ui/keys/key-bindings.ts';
import type { HouseView, Lines, Size } from '../../ui/text/house-view.ts';
import type { Line } from '../../ui/text/line.ts';

/** One visit to the topics: what is chosen there, drawn and carried out. */
export interface ExplorerDesk {
  readonly ask: (ask: ExploreAsk) => void;
  readonly type: (key: KeyEvent) => void;
  readonly isTyping: () => boolean;
  readonly isDeep: () => boolean;
  readonly lines: (view: HouseView, size: Size) => Lines;
  readonly keys: (view: HouseView, width: number) => Line | null;
  /** Something was heard. */
  readonly heard: () => void;
  readonly close: () => Promise<void>;
}

/** What it is given. */
export interface ExplorerDeskSetup {
  readonly explorer: Explorer;
  readonly clock: Pick<Clock, 'now'>;
  readonly writer: Pick<FrameWriter, 'stream'>;
  readonly say: (text: string) => void;
  readonly redraw: () => void;
}

/** Header, status and footer, before the size of what is between them is known. */
const AROUND = 3;

/** Opens it. */
export function openExplorerDesk({ explorer, clock, writer, say, redraw }: ExplorerDeskSetup): ExplorerDesk {
  const rowsOf = openRows(explorer.tree);
  let view = firstView;
  let page = { height: 1, most: 1 };
  let height = treeHeight({ columns: writer.stream.columns, rows: writer.stream.rows - AROUND });
  const context = (): ExploreContext => ({
    ...{ rows: rowsOf(view), height, now: clock.now(), extent: explorer.status().extent },
    page: { ...page, values: view.topic === null ? [] : valuesOf(explorer.values, view.topic, view.stoppedAt) },
  });
  const take = (step: ExploreStep): void => {
    if ((step.view.stoppedAt === null) !== (view.stoppedAt === null)) explorer.tree.stop(step.view.stoppedAt !== null);
    view = step.view;
    if (step.extent !== undefined) explorer.setExtent(step.extent);
    if (step.say !== undefined) say(step.say);
    lookWith(explorer, view, rowsOf(view));
    redraw();
  };
  return {
    ask: ask => take(explore(view, ask, context())),
    type: key => take(typeSearch(view, key, context())),
    isTyping: () => view.isSearching,
    isDeep: () => isDeep(view),
    lines: (house, size) => {
      height = treeHeight(size);
      const { topic, stoppedAt } = view;
      if (topic !== null) {
        const values = valuesOf(explorer.values, topic, stoppedAt);
        const heard = explorer.tree.selfOf(topic.node);
        const drawn = topicPage(house, size, { sight: topic, heard, values, now: stoppedAt ?? clock.now() });
        page = drawn;
        return drawn.lines;
      }
      return explorerLines(house, size, { explorer, shown: view, rows: rowsOf(view), now: clock.now() });
    },
    keys: (_house, width) => (view.isSearching ? searchKeys(width) : null),
    heard: () => {
      // What was searched or unfolded may have come only now.
      lookWith(explorer, view, rowsOf(view));
      if (view.stoppedAt === null) redraw();
    },
    close: explorer.close,
  };
}
