import { formatCadence } from '../../core/duration.ts';
import { cutText, fitText, wrapText } from '../../core/fit-text.ts';
import { freshnessOfClient } from '../../core/home/select.ts';
import type { Freshness } from '../../core/home/state/client.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { getRow } from '../../core/home/state/table.ts';
import { LISTENING_MS } from '../../core/home/summary.ts';
import { availabilitiesOf, clientLabelOf } from '../../core/house/house.ts';
import { metricsOf } from '../layout/metrics.ts';
import { calmAge, coarseAge } from '../text/age-text.ts';
import { freshnessSymbol, type HouseView, type Lines } from '../text/house-view.ts';
import { blank, fitLine, type Line, lineWidth, span } from '../text/line.ts';
import { shorterTexts } from '../text/shorter-texts.ts';
import { freshnessStyle } from '../text/state-style.ts';
import type { Field } from './field-lines.ts';

/** Below this an age is said without a number, ms. */
const SOON_MS = 30_000;

/** One client of the house in so many rows at the most: name, freshness, and its cadence or why it is not live. */
export function clientLines(view: HouseView, id: string, width: number, most: number): Lines {
  const { freshness, reason } = freshnessOfClient(view.home, id, calmAge);
  const style = freshnessStyle[freshness];
  // A name may take a third of the row: behind it is what is new.
  const nameWidth = Math.min(metricsOf(view.home.house).client, Math.max(8, Math.floor(width / 3)));
  const name = fitText(clientLabelOf(view.home.house, id), nameWidth);
  const said = freshness === 'live' ? cadenceText(view.home, id) : silenceText(view.home, freshness, reason ?? '');
  const head = [
    span(' '),
    span(name, 'label'),
    span('  '),
    span(`${freshnessSymbol(view.glyphs, freshness)} ${fitText(freshness, 8)}`, style),
    span('  '),
  ];
  const indent = lineWidth(head);
  const room = Math.max(8, width - indent);
  // The clients screen has all of it.
  const texts = [...shorterTexts(said), lastHeardText(view.home, id), ''].map(text => wrapText(text, room));
  const [first = '', ...others] = texts.find(rows => rows.length <= most) ?? [];
  const words = freshness === 'live' ? 'muted' : style;
  const lines: Lines = [[...head, span(first, words)], ...others.map(text => [blank(indent), span(text, words)])];
  return lines.map(line => fitLine(line, width));
}

/** In the first seconds after a connect silence means nothing yet, and reasons for it would only alarm. */
function silenceText(home: HomeState, freshness: Freshness, reason: string): string {
  const isEarly = home.listeningSince !== null && home.at - home.listeningSince < LISTENING_MS;
  return freshness === 'waiting' && isEarly ? 'not heard since the link came' : reason;
}

/** All clients in one row, for where there is room for no more: those that are not live come first. */
export function clientsSummaryLine(view: HouseView, width: number): Line {
  const found = view.home.clients.ids.map(id => ({ id, freshness: freshnessOfClient(view.home, id).freshness }));
  const order = (freshness: Freshness): number => (freshness === 'live' ? 1 : 0);
  const sorted = [...found].sort((one, other) => order(one.freshness) - order(other.freshness));
  // Each takes nine columns or more.
  const parts = sorted.slice(0, Math.ceil(width / 9)).map(({ id, freshness }) => clientInShort(view, id, freshness));
  const shown = (count: number): Line => {
    const left = sorted.length - count;
    return [...parts.slice(0, count).flat(), span(left === 0 ? '' : ` and ${left} more `, 'muted')];
  };
  for (let count = parts.length; count > 0; count -= 1) {
    if (lineWidth(shown(count)) <= width) return fitLine(shown(count), width);
  }
  // Its name is whole on the clients screen.
  const [only] = sorted;
  if (only === undefined) return fitLine([], width);
  const more = sorted.length === 1 ? '' : `and ${sorted.length - 1} more `;
  const room = width - 5 - only.freshness.length - more.length;
  return fitLine([...clientInShort(view, only.id, only.freshness, room), span(more, 'muted')], width);
}

function clientInShort(view: HouseView, id: string, freshness: Freshness, room = Number.POSITIVE_INFINITY): Line {
  const style = freshnessStyle[freshness];
  return [
    span(` ${freshnessSymbol(view.glyphs, freshness)} `, style),
    span(`${cutText(clientLabelOf(view.home.house, id), room)} `, 'label'),
    span(`${freshness} `, style),
  ];
}

/** How often a client speaks, and how we know. */
export function cadenceText(home: HomeState, id: string): string {
  const cadence = getRow(home.clients, id)?.cadence;
  if (cadence === undefined) return '';
  if (home.house.unpaced.has(id)) return 'now and then';
  const every = `every ${formatCadence(cadence.ms)}`;
  return cadence.source === 'learned' ? every : `${every} (${cadence.source})`;
}

/** When a client was last heard, calm: while it is live that is within its cadence, and no number is needed. */
export function lastHeardText(home: HomeState, id: string): string {
  const { freshness, ageMs } = freshnessOfClient(home, id);
  if (ageMs === null) return 'never';
  if (freshness === 'live' && !home.house.unpaced.has(id)) return 'on time';
  return ageMs < SOON_MS ? 'seconds ago' : `${coarseAge(ageMs)} ago`;
}

/** Which client serves an item, and how that client is; where it is said of the item alone whether it is there, and what. */
export function clientFields(view: HouseView, itemId: string): readonly Field[] {
  const places = availabilitiesOf(view.home.house.saidApart.get(itemId) ?? {});
  if (places.length === 0) return [clientField(view, itemId)];
  const sayings = view.home.presences.get(itemId)?.sayings ?? [];
  const said = places.map(({ topic }) => {
    const saying = sayings.find(one => one.topic === topic);
    return saying === undefined ? `nothing was said on ${topic} yet` : `"${saying.text}" on ${topic}`;
  });
  return [clientField(view, itemId), { name: 'There', text: said.join(', ') }];
}

function clientField({ home }: HouseView, itemId: string): Field {
  const clientId = home.house.servedBy.get(itemId);
  if (clientId === undefined) return { name: 'Client', text: 'none is named in the house file' };
  const { freshness } = freshnessOfClient(home, clientId);
  const cadence = freshness === 'live' ? `, ${cadenceText(home, clientId)}` : '';
  return { name: 'Client', text: `${clientLabelOf(home.house, clientId)}: ${freshness}${cadence}` };
}
