import { sizeText } from '../../core/count-text.ts';
import { tailText, wrapTextTo } from '../../core/fit-text.ts';
import { textWidth } from '../../core/text-width.ts';
import type { Binding, KeyPlace } from '../keys/binding.ts';
import { type KeyHint, keyHints } from '../keys/key-hints.ts';
import type { Keymap } from '../keys/keymap.ts';
import { pickText } from '../layout/item-columns.ts';
import { entryOf } from '../reducers/date-entry.ts';
import type { AppState } from '../state/app-state.ts';
import { topPage } from '../state/app-state.ts';
import { type HouseView, type Lines, timeText } from '../text/house-view.ts';
import { fitLine, type Line, lineWidth, type Span, span } from '../text/line.ts';
import { announcementsOf } from '../visitors/announcements.ts';

/** More switches than this, and their keys stand in their own rows only. */
const SWITCH_KEYS = 4;
/** The same for a switch with a longer name than this. */
const SWITCH_NAME = 16;
/** Rows of an answer at the most. */
const NOTICE_ROWS = 6;

/** The last rows of every screen: an answer to the last key, as long as it must be, or the keys that mean something here. */
export function footerLines(view: HouseView, app: AppState, keymap: Keymap, width: number): Lines {
  const { notice } = app;
  if (app.jump !== null && !hasNotice(view, app)) return [typedLine('Go to', app.jump, EXAMPLES, width)];
  if (app.search !== null && !hasNotice(view, app)) return [typedLine('Search', app.search.text, SEARCHED, width)];
  const page = topPage(app);
  if (page.screen === 'log' && page.isTyping === true && !hasNotice(view, app)) {
    return [typedLine('Filter', page.filter?.words ?? '', FILTERED, width)];
  }
  if (entryOf(app) !== null && !hasNotice(view, app)) return [fitLine(keyHints(DATE_KEYS, view.glyphs), width)];
  if (notice === null || !hasNotice(view, app)) {
    // A question, and what is typed, is not covered; where visitors are listed it stands in the list.
    const isFree = app.dialog === null && app.login === null && page.screen !== 'visitors';
    const ring = isFree ? announcementLine(view, app, width) : null;
    return [ring ?? keysLine(view, app, keymap, width)];
  }
  const sign = view.glyphs.symbols.arrow;
  return wrapTextTo(notice.text, width - 4, NOTICE_ROWS).map((text, row) =>
    fitLine([span(` ${row === 0 ? sign : ' '} `, 'notice'), span(text, 'notice')], width),
  );
}

/** A key that was pressed so soon after a ring, ms, was not pressed by somebody who had read it. */
const READ_MS = 2_000;

/** Who just rang, with the time, and how many others there are; `null` where nobody did, or it was read by now. */
function announcementLine(view: HouseView, { pressedAt }: AppState, width: number): Line | null {
  const { home } = view;
  // In the past the house has a time of its own.
  const readUntil = pressedAt > home.at ? Number.NEGATIVE_INFINITY : pressedAt - READ_MS;
  const [first, ...others] = announcementsOf(home).filter(({ at }) => at > readUntil);
  if (first === undefined) return null;
  const picture = first.snapshotBytes === null ? '' : `, a picture of ${sizeText(first.snapshotBytes)}`;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const head = `${first.text}, at ${timeText(view, first.at)}`;
  const texts = [`${head}${picture}${more}: press v`, `${head}${more}: press v`, head];
  return fitLine(
    [span(` ${view.glyphs.symbols.bullet} `, 'notice'), span(pickText(texts, width - 4), 'notice')],
    width,
  );
}

/** A question with what is typed so far; the end of it where it is long. */
function typedLine(question: string, typed: string, help: string, width: number): Line {
  const words = ` ${question}: `;
  const room = Math.max(1, width - words.length - 1);
  return fitLine(
    [span(words, 'label'), span(tailText(typed, room), 'input'), span(' ', 'focus'), span(help, 'muted')],
    width,
  );
}

/** What is typed, and what is taken, stands below the chart. */
const DATE_KEYS: readonly KeyHint[] = [
  ['Enter', 'go there'],
  ['Esc', 'leave'],
];
const EXAMPLES = '  yesterday 03:00, 2 h ago, 2026-11-28 03:00';
const FILTERED = '  Enter keeps it, Esc shows all';
const SEARCHED = '  Enter goes to it, Esc back';

/** Whether there still is an answer to the last key. */
export function hasNotice({ home }: HouseView, { notice }: AppState): boolean {
  return notice !== null && home.at < notice.until;
}

function keysLine(view: HouseView, app: AppState, keymap: Keymap, width: number): Line {
  const { dialog } = app;
  const page = topPage(app);
  // What is done at this moment names its own keys.
  const isAsked =
    dialog === null ||
    'target' in dialog ||
    'question' in dialog ||
    ('stage' in dialog && ['asked', 'untried'].includes(dialog.stage.kind));
  if (!isAsked) return fitLine([], width);
  const place: KeyPlace = dialog === null ? page.screen : 'dialog';
  const hasChart = page.screen === 'detail' && view.home.house.sensors.has(page.id);
  const isOffered = ({ label, places, intent }: Binding): boolean => {
    if (label === null || !places.includes(place)) return false;
    if (intent.type === 'back') return page.screen !== 'overview';
    if (intent.type === 'go') return intent.screen !== page.screen;
    if (intent.type === 'change-window' || intent.type === 'look') return hasChart;
    return intent.type !== 'toggle' || (keymap.switchKeys.size <= SWITCH_KEYS && textWidth(label) <= SWITCH_NAME);
  };
  const offered = keymap.bindings.filter(isOffered);
  // Among the topics and the alarms the keys are their own.
  const own = offered.filter(({ intent }) => intent.type === 'explore' || intent.type === 'screen');
  const shown = own.length === 0 ? offered : [...own, ...offered.filter(isWayOut)];
  return fitLine(keysThatFit(shown, view.glyphs, width - 1), width);
}

const isWayOut = ({ intent }: Binding): boolean =>
  intent.type === 'leave' ||
  intent.type === 'back' ||
  (intent.type === 'go' && intent.screen === 'help') ||
  (intent.type === 'replay' && intent.ask === 'end');

/** Help and the way out stay; of the rest, the last ones go first where there is not enough room. */
function keysThatFit(bindings: readonly Binding[], glyphs: HouseView['glyphs'], width: number): Line {
  const kept = keyHints(bindings.filter(isWayOut).map(hintOf), glyphs);
  let room = width - lineWidth(kept);
  const others: Span[] = [];
  for (const binding of bindings) {
    if (isWayOut(binding)) continue;
    const spans = keyHints([hintOf(binding)], glyphs);
    room -= lineWidth(spans);
    if (room < 0) break;
    others.push(...spans);
  }
  return [...others, ...kept];
}

/** One key and one word: the first of its keys is enough here, help has them all. */
function hintOf({ shown, label }: Binding): KeyHint {
  return [shown.split(' ')[0] ?? shown, label ?? ''];
}
