import type { TopicNode } from '../../core/explorer/topic-node.ts';
import type { Clock } from '../../io/clock.ts';
import type { KeyEvent } from '../../terminal/input/key-event.ts';
import type { FrameWriter } from '../../terminal/output/frame-writer.ts';
import { type ExploreContext, type ExploreStep, explore, isDeep, typeSearch } from '../../ui/explorer/explore.ts';
import { firstView, lookWith, openRows, windowOf } from '../../ui/explorer/explorer-view.ts';
import { explorerLines, searchKeys, treeHeight } from '../../ui/explorer/pane.ts';
import { formKeys } from '../../ui/explorer/publish-form.ts';
import { topicPage } from '../../ui/explorer/topic-page.ts';
import { valuesOf } from '../../ui/explorer/topic-sight.ts';
import type { ExploreAsk } from '../../ui/keys/intent.ts';
import type { HouseView, Lines, Size } from '../../ui/text/house-view.ts';
import type { Line } from '../../ui/text/line.ts';
import { openPublishDesk, type PublishDeskSetup } from './publish-desk.ts';

/** One visit to the topics: what is chosen there, drawn and carried out. */
export interface ExplorerDesk {
  readonly ask: (ask: ExploreAsk) => void;
  /** The answer to what was asked before something is published. */
  readonly answer: (isYes: boolean) => void;
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
export interface ExplorerDeskSetup extends PublishDeskSetup {
  readonly clock: Pick<Clock, 'now'>;
  readonly writer: Pick<FrameWriter, 'stream'>;
  readonly redraw: () => void;
}

/** Header, status and footer, before the size of what is between them is known. */
const AROUND = 3;

/** Opens it. */
export function openExplorerDesk(setup: ExplorerDeskSetup): ExplorerDesk {
  const { explorer, clock, writer, say, redraw } = setup;
  const rowsOf = openRows(explorer.tree);
  const publishing = openPublishDesk(setup);
  let view = firstView;
  let page = { height: 1, most: 1 };
  let height = treeHeight({ columns: writer.stream.columns, rows: writer.stream.rows - AROUND });
  const values = () => (view.topic === null ? [] : valuesOf(explorer.values, view.topic, view.stoppedAt));
  const context = (): ExploreContext => ({
    ...{ rows: rowsOf(view), height, now: clock.now(), extent: explorer.status().extent },
    page: { ...page, values: values() },
  });
  const take = (step: ExploreStep): void => {
    if ((step.view.stoppedAt === null) !== (view.stoppedAt === null)) explorer.tree.stop(step.view.stoppedAt !== null);
    view = step.view;
    if (step.extent !== undefined) explorer.setExtent(step.extent);
    if (step.say !== undefined) say(step.say);
    lookWith(explorer, view, rowsOf(view));
  };
  const chosen = (): TopicNode | null => {
    const rows = rowsOf(view);
    return view.topic?.node ?? rows[windowOf(view, rows, height).place]?.node ?? null;
  };
  return {
    ask: what => {
      if (what === 'publish') publishing.write(chosen());
      else if (what === 'clear') publishing.clear(chosen());
      else if (what === 'add') publishing.add(chosen(), view.topic?.number ?? 0);
      else take(explore(view, what, context()));
      redraw();
    },
    answer: isYes => {
      publishing.answer(isYes);
      redraw();
    },
    type: key => {
      if (publishing.isWriting()) publishing.type(key);
      else take(typeSearch(view, key, context()));
      redraw();
    },
    isTyping: () => publishing.isWriting() || view.isSearching,
    isDeep: () => isDeep(view),
    lines: (house, size) => {
      const form = publishing.lines(house, size);
      if (form !== null) return form;
      const { topic, stoppedAt } = view;
      const now = stoppedAt ?? clock.now();
      if (topic === null) {
        height = treeHeight(size);
        return explorerLines(house, size, { explorer, shown: view, rows: rowsOf(view), now });
      }
      const heard = explorer.tree.selfOf(topic.node);
      const drawn = topicPage(house, size, { sight: topic, heard, values: values(), now });
      page = drawn;
      return drawn.lines;
    },
    keys: (house, width) => {
      if (publishing.isWriting()) return formKeys(house, width);
      return view.isSearching ? searchKeys(house, width) : null;
    },
    heard: () => {
      // What was searched or unfolded may have come only now.
      lookWith(explorer, view, rowsOf(view));
      if (view.stoppedAt === null) redraw();
    },
    close: explorer.close,
  };
}
