import { formatDuration } from '../../core/duration.ts';
import { freshnessOfSwitch, mayWrite } from '../../core/home/select.ts';
import type { SwitchState, Verdict } from '../../core/home/switch.ts';
import { getRow } from '../../core/home/table.ts';
import { fitLine, type Line, span } from '../line.ts';
import type { StyleName } from '../theme.ts';
import type { View } from '../view.ts';
import { freshnessStyle, oldText, sinceText } from '../words.ts';
import { type ItemColumns, itemHead, pickText } from './item-columns.ts';

/** How long the good end of a command is worth its place, ms. */
const GOOD_NEWS_MS = 60_000;
/** How long a bad one is, where nothing has happened since, ms. */
const BAD_NEWS_MS = 600_000;

/** What is said behind a position: the first text that fits. */
export interface SwitchStatus {
  readonly texts: readonly string[];
  readonly style: StyleName;
}

/** The row of a switch: its key, where it stands, and what last happened to it. */
export function switchLine(view: View, id: string, isFocused: boolean, columns: ItemColumns, key: string | null): Line {
  const config = view.home.house.switches.get(id);
  const row = getRow(view.home.switches, id);
  if (config === undefined || row === undefined) return fitLine([], columns.width);
  const isLocked = mayWrite(view.home, id) === false;
  const sign = span(key ?? ' ', isLocked ? 'locked' : 'key');
  const head = itemHead(view, { label: config.label, isFocused, sign }, columns);
  const position = positionSpans(view, row);
  const used = 3 + columns.label + 1 + 6;
  const status = switchStatus(view, row);
  const text = pickText(status.texts, columns.width - used - 1);
  if (row.position === null && row.command === null) {
    const unknown = pickText(status.texts, columns.width - used + 3);
    return fitLine([...head, span('? ', 'waiting'), span(unknown, status.style)], columns.width);
  }
  return fitLine([...head, ...position, span(text, status.style)], columns.width);
}

/** Where a relay stands, in six columns: sign and word. */
export function positionSpans(view: View, row: SwitchState): Line {
  const { live, off } = view.glyphs.symbols;
  if (row.position === null) return [span('?     ', 'waiting')];
  const isLive = freshnessOfSwitch(view.home, row.id).freshness === 'live';
  const style = isLive ? row.position : 'notLive';
  return [span(row.position === 'on' ? `${live} on  ` : `${off} off `, style)];
}

/** What last happened to a switch, or what is the matter with it; the most important thing first. */
export function switchStatus(view: View, row: SwitchState): SwitchStatus {
  const { home, glyphs } = view;
  if (row.command !== null) return commandStatus(view, row.command);
  const verdict = freshBadVerdict(view, row);
  if (verdict !== null) return verdictStatus(verdict);
  if (mayWrite(home, row.id) === false) {
    return { texts: [`${glyphs.symbols.lock} locked`], style: 'locked' };
  }
  if (row.retainedCommand !== null) return { texts: ['retained command', 'retained cmd'], style: 'warning' };
  const { freshness, ageMs } = freshnessOfSwitch(home, row.id);
  if (row.position === null) return { texts: ['unknown until it answers', 'not known yet'], style: 'waiting' };
  if (freshness !== 'live') return silentStatus(view, row, freshness, ageMs);
  if (row.verdict !== null && home.at - row.verdict.at < GOOD_NEWS_MS) return verdictStatus(row.verdict);
  return { texts: row.changedAt === null ? [''] : [sinceText(home.at - row.changedAt)], style: 'muted' };
}

function commandStatus(view: View, command: NonNullable<SwitchState['command']>): SwitchStatus {
  const waitedMs = Math.max(0, view.home.at - command.sentAt);
  const seconds = Math.floor(waitedMs / 1_000);
  if (command.phase === 'lost') return { texts: ['link lost, waiting…', 'link lost…'], style: 'late' };
  const texts = seconds === 0 ? [`asked for ${command.target}…`] : [`waiting ${seconds} s…`];
  return { texts: [...texts, 'waiting…'], style: 'notice' };
}

function freshBadVerdict(view: View, row: SwitchState): Verdict | null {
  const { verdict } = row;
  if (verdict === null || verdict.kind === 'confirmed') return null;
  if (view.home.at - verdict.at > BAD_NEWS_MS) return null;
  return row.changedAt !== null && row.changedAt > verdict.at ? null : verdict;
}

/** The end of a command in a few words. */
function verdictStatus(verdict: Verdict): SwitchStatus {
  const time = formatDuration(verdict.elapsedMs);
  switch (verdict.kind) {
    case 'confirmed':
      return { texts: [`confirmed in ${time}`, `confirmed ${time}`, `ok, ${time}`], style: 'ok' };
    case 'denied':
      return { texts: [`denied after ${time}`, 'denied'], style: 'critical' };
    case 'nobody-listening':
      return { texts: ['nobody is listening', 'nobody listens', 'nobody'], style: 'critical' };
    case 'not-confirmed':
      return { texts: [`not confirmed in ${time}`, 'not confirmed', 'no answer'], style: 'warning' };
    case 'not-sent':
      return { texts: ['not sent: no link', 'not sent'], style: 'warning' };
  }
}

function silentStatus(
  view: View,
  row: SwitchState,
  freshness: Exclude<ReturnType<typeof freshnessOfSwitch>['freshness'], 'live'>,
  ageMs: number | null,
): SwitchStatus {
  const style = freshnessStyle[freshness];
  if (freshness === 'retained') return { texts: ['retained, age unknown', 'retained'], style };
  if (freshness === 'waiting') return { texts: [ageMs === null ? 'not heard yet' : oldText(ageMs)], style };
  const client = view.home.house.servedBy.get(row.id);
  return { texts: [...(client === undefined ? [] : [`${client} ${freshness}`]), freshness], style };
}
