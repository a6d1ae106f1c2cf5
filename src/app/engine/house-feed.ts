import type { Issue } from '../../core/issue.ts';
import type { Clock } from '../../io/clock.ts';
import type { Engine } from '../../io/engine/engine.ts';
import type { HomeStore } from '../store.ts';
import { type Feed, openFeed } from './feed.ts';

/** Sends the history of a house to an engine; what stands in the way the house itself tells. */
export function openHouseFeed(engine: Engine, folder: string, store: HomeStore, clock: Clock): Feed {
  let told: Issue | null = null;
  const tell = (issue: Issue | null): void => {
    const at = clock.now();
    const news = issue === null ? `what is recorded is sent to the engine ${engine.address.base} again` : null;
    if (told !== null) store.dispatch({ type: 'issue-settled', at, issue: told, news });
    if (issue !== null) store.dispatch({ type: 'issue-found', at, issue });
    told = issue;
  };
  return openFeed({ engine, folder, house: store.getState().house.config.name, clock, tell });
}
