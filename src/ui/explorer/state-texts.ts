import type { ExplorerStatus, RefusedFilter } from '../../app/explorer/explorer.ts';
import { cleanText } from '../../core/clean-text.ts';
import { countText } from '../../core/count-text.ts';
import type { TopicTree } from '../../core/explorer/topic-tree.ts';
import { describeReason } from '../../core/mqtt/reason-code.ts';
import { calmAge } from '../text/age-text.ts';
import type { HouseView } from '../text/house-view.ts';
import { nearMoment } from '../text/near-moment.ts';
import type { StyleName } from '../theme/theme.ts';
import type { ExplorerView } from './explorer-view.ts';

/** One thing to know, in full first, then ever shorter. */
export interface Said {
  readonly texts: readonly string[];
  readonly style: StyleName;
}

const SECONDS = { hasSeconds: true };

/** How the listening goes, in one row. */
export function stateOf(view: HouseView, shown: ExplorerView, status: ExplorerStatus, tree: TopicTree): Said {
  const trouble = troubleOf(status);
  if (trouble !== null) return trouble;
  if (shown.stoppedAt !== null) {
    const since = nearMoment(view, shown.stoppedAt, SECONDS);
    return said(
      'accent',
      `Stands still since ${since}: what comes is noted behind it. Space goes on`,
      `Stands still since ${since}`,
    );
  }
  if (status.extent === 'parts') {
    const pace = `${rateText(status.rate)} a second`;
    return said(
      'accent',
      `${pace}: only what is unfolded or searched is heard; a hears all`,
      'Only what is unfolded is heard',
    );
  }
  if (status.phase !== 'settled') return said('muted', 'Listening: what is retained comes first', 'Listening');
  const { unlisted } = tree.counts();
  if (unlisted > 0) {
    const text = `${countText(unlisted, 'message')} on further topics: there is no room for more`;
    return said('warning', text, `${unlisted} on further topics`);
  }
  const since =
    shown.changedSince === null ? '' : `Only what changed since ${nearMoment(view, shown.changedSince, SECONDS)}. `;
  return said('muted', `${since}${rateText(status.rate)} messages a second`, `${rateText(status.rate)} a second`);
}

const rateText = (rate: number): string => (rate < 10 ? rate.toFixed(1) : String(Math.round(rate)));

function troubleOf({ phase, reason, cure, refused }: ExplorerStatus): Said | null {
  if (phase === 'opening') return said('muted', 'Logging in beside the link of the house', 'Logging in');
  if (phase === 'refused')
    return said('warning', `The login beside the link of the house was refused: ${reason}`, 'Login refused');
  if (phase === 'lost')
    return said('warning', cleanText(`${reason}. ${cure ?? ''}`, 300), cleanText(reason ?? '', 120));
  const [first] = refused;
  if (first === undefined) return null;
  const more = refused.length === 1 ? '' : ` and ${refused.length - 1} more`;
  return said('warning', `${refusalText(first)}${more}`, `Refused: ${cleanText(first.filter, 40)}${more}`);
}

function refusalText({ filter, code }: RefusedFilter): string {
  const name = cleanText(filter, 60);
  if (code === null) return `The connection ended twice when ${name} was asked for: it is left out`;
  return `The broker refused ${name}: ${describeReason(code)}`;
}

/** So many filters are named where nothing was heard on any. */
const MOST_NAMED = 3;

/** What stands in place of the topics as long as there is none: what is waited for, and since when. */
export function waitingFor(view: HouseView, { phase, granted, grantedAt }: ExplorerStatus, now: number): Said | null {
  if (phase === 'opening' || phase === 'lost' || phase === 'refused') return null;
  if (grantedAt === null) return said('muted', 'The broker has granted no subscription yet', 'Nothing is granted yet');
  const more = granted.length > MOST_NAMED ? ` and ${granted.length - MOST_NAMED} more` : '';
  const names = `${granted
    .slice(0, MOST_NAMED)
    .map(filter => cleanText(filter, 40))
    .join(', ')}${more}`;
  const since = `Subscribed to ${names} since ${nearMoment(view, grantedAt, SECONDS)}`;
  const nothing = `${since}: nothing came in ${calmAge(Math.max(0, now - grantedAt))}`;
  // What is retained comes first: before all of it may be here, its absence says nothing.
  return said('text', ...(phase === 'settled' ? [`${nothing}, retained or new`] : []), nothing, since);
}

/** What a person must not conclude from what is not there. */
export function silenceHint({ home }: HouseView, tree: TopicTree): Said {
  const user = home.session.user === null ? 'a client without a name' : cleanText(home.session.user, 30);
  if ((tree.root.branch?.below.topics ?? 0) === 0) {
    const nothing = `Nothing was heard yet: nobody speaks, or ${user} may not read it`;
    return said('muted', `${nothing}. A broker need not tell which`, nothing, 'Nothing was heard yet');
  }
  return said(
    'muted',
    `What is missing may be denied to ${user}: a broker may grant a subscription and send nothing`,
    `What is missing may be denied to ${user}: a broker need not say so`,
    `What is missing may be denied to ${user}`,
  );
}

function said(style: StyleName, ...texts: readonly string[]): Said {
  return { texts, style };
}
