import { formatDuration } from '../../core/duration.ts';
import { fitText } from '../../core/fit-text.ts';
import { freshnessOfSwitch, mayWrite } from '../../core/home/select.ts';
import type { Freshness } from '../../core/home/state/client.ts';
import type { Command, SwitchState, Verdict } from '../../core/home/state/switch.ts';
import { getRow } from '../../core/home/state/table.ts';
import { type CommandedConfig, clientLabelOf } from '../../core/house/house.ts';
import type { NumberConfig } from '../../core/house/schema.ts';
import { digitsOf, PRESS, valueText } from '../../core/house/values/commanded.ts';
import { textWidth } from '../../core/text-width.ts';
import { type ItemColumns, itemHead, pickText } from '../layout/item-columns.ts';
import { metricsOf } from '../layout/metrics.ts';
import { numberField } from '../layout/number-field.ts';
import { sinceText } from '../text/age-text.ts';
import { freshnessSymbol, type HouseView } from '../text/house-view.ts';
import { fitLine, type Line, lineWidth, type Span, span } from '../text/line.ts';
import { nearMoment } from '../text/near-moment.ts';
import { freshnessStyle } from '../text/state-style.ts';
import type { StyleName } from '../theme/theme.ts';

/** How long the good end of a command is worth its place, ms. */
const GOOD_NEWS_MS = 60_000;
/** How long a bad one is, where nothing has happened since, ms. */
const BAD_NEWS_MS = 600_000;

/** What is said behind a position: the first text that fits. */
export interface SwitchStatus {
  readonly texts: readonly string[];
  readonly style: StyleName;
}

/** The row of a switch, or of what else is commanded: its key, where it stands, and what last happened to it. */
export function switchLine(
  view: HouseView,
  id: string,
  isFocused: boolean,
  columns: ItemColumns,
  key: string | null,
): Line {
  const config = view.home.house.switches.get(id);
  const row = getRow(view.home.switches, id);
  if (config === undefined || row === undefined) return fitLine([], columns.width);
  const isLocked = mayWrite(view.home, id) === false;
  const sign = span(key ?? ' ', isLocked ? 'locked' : 'key');
  const head = itemHead(view, { label: config.label, isFocused, sign }, columns);
  const status = switchStatus(view, row);
  const room = columns.width - lineWidth(head) - 1;
  // The time of a position that is only remembered is worth less than what became of a command.
  const shortest = Math.min(...status.texts.map(textWidth));
  const position =
    config.kind === 'number'
      ? numberSpans(view, row, config, columns)
      : positionSpans(view, row, shortest === 0 ? room + 1 : room - shortest);
  const text = pickText(status.texts, room - lineWidth(position));
  return fitLine([...head, ...position, span(text, status.style)], columns.width);
}

/** A set-point in the columns of the sensors, so that the two can be compared; a question mark where it is unknown. */
function numberSpans(view: HouseView, row: SwitchState, config: NumberConfig, columns: ItemColumns): Line {
  const { integer, fraction, unit } = columns;
  const isLive = row.position !== null && freshnessOfSwitch(view.home, row.id).freshness === 'live';
  const number =
    row.position === null
      ? span(`${'?'.padStart(integer)}${' '.repeat(fraction)}`, 'waiting')
      : span(numberField(Number(row.position), digitsOf(config), columns), isLive ? 'value' : 'notLive');
  return [number, span(' '), span(fitText(config.unit, unit), 'muted'), span(' ')];
}

/**
 * Where a relay stands: sign and word, in six columns where all words of the house are as short. One that is not live has
 * another sign and `was` before the word, so that nobody takes it for where it stands now; one that is unknown has a
 * question mark. A button stands nowhere.
 */
export function positionSpans(view: HouseView, row: SwitchState, room = Number.POSITIVE_INFINITY): Line {
  const config = view.home.house.switches.get(row.id);
  const width = metricsOf(view.home.house).word;
  if (config?.kind === 'button') return [span(`  ${fitText(PRESS, width)} `, 'muted')];
  if (row.position === null && row.command === null) {
    const texts = rememberedTexts(view, row).map(text => `${text}  `);
    return [span('? ', 'waiting'), ...(texts.length === 0 ? [] : [span(pickText(texts, room - 2), 'notLive')])];
  }
  if (row.position === null) return [span(`? ${' '.repeat(width + 1)}`, 'waiting')];
  const { freshness } = freshnessOfSwitch(view.home, row.id);
  const word = `${fitText(valueText(row.position, config), width)} `;
  if (freshness === 'live') return [livePosition(view, config, row.position, word)];
  // The sign of what is merely not heard yet is that of off.
  const isUnheard = freshness === 'waiting' || freshness === 'retained';
  const sign = isUnheard ? '?' : freshnessSymbol(view.glyphs, freshness);
  return [span(`${sign} `, freshnessStyle[freshness]), span(`was ${word}`, 'notLive')];
}

function livePosition(
  { glyphs }: HouseView,
  config: CommandedConfig | undefined,
  position: string,
  word: string,
): Span {
  const { live, off } = glyphs.symbols;
  if (config?.kind !== 'switch') return span(`  ${word}`, 'value');
  return position === 'on' ? span(`${live} ${word}`, 'on') : span(`${off} ${word}`, 'off');
}

/**
 * Where a relay that has said nothing yet stood by the history, with the time: `was on, 14:02`, and before today with the
 * day. In full first; none where the history does not know, and where anything came from it since.
 */
export function rememberedTexts(view: HouseView, row: SwitchState): readonly string[] {
  if (row.remembered === null || row.position !== null || row.fault !== null) return [];
  const words = `was ${valueText(row.remembered.position, view.home.house.switches.get(row.id))}`;
  const time = nearMoment(view, row.remembered.at);
  const day = time.slice(0, -' 14:02'.length);
  return [`${words}, ${time}`, ...(day === '' ? [] : [`${words}, ${day}`]), words];
}

/** What last happened to a switch, or what is the matter with it; the most important thing first. */
export function switchStatus(view: HouseView, row: SwitchState): SwitchStatus {
  const { home, glyphs } = view;
  if (row.command !== null) return commandStatus(view, row, row.command);
  const verdict = freshBadVerdict(view, row);
  if (verdict !== null) return verdictStatus(view, verdict);
  if (mayWrite(home, row.id) === false) {
    return { texts: [`${glyphs.symbols.lock} locked`], style: 'locked' };
  }
  if (row.retainedCommand !== null) return { texts: ['retained command', 'retained cmd'], style: 'warning' };
  const { freshness } = freshnessOfSwitch(home, row.id);
  if (row.position === null) {
    const config = home.house.switches.get(row.id);
    if (config?.kind === 'button') return idleButton(view, row);
    if (config?.feedback === undefined) return { texts: ['gives no feedback', 'no feedback', ''], style: 'waiting' };
    return { texts: ['unknown until it answers', 'not known yet', ''], style: 'waiting' };
  }
  if (freshness !== 'live') return silentStatus(view, row, freshness);
  if (row.verdict !== null && home.at - row.verdict.at < GOOD_NEWS_MS) return verdictStatus(view, row.verdict);
  return { texts: row.changedAt === null ? [''] : [sinceText(home.at - row.changedAt)], style: 'muted' };
}

/** A button has no state of its own: how its last press ended, as long as that is news. */
function idleButton(view: HouseView, { verdict }: SwitchState): SwitchStatus {
  if (verdict !== null && view.home.at - verdict.at < GOOD_NEWS_MS) return verdictStatus(view, verdict);
  return { texts: [''], style: 'muted' };
}

function commandStatus(view: HouseView, row: SwitchState, command: Command): SwitchStatus {
  const waitedMs = Math.max(0, view.home.at - command.sentAt);
  const seconds = Math.floor(waitedMs / 1_000);
  if (view.home.link.phase !== 'connected') return { texts: ['link lost, waiting', 'link lost'], style: 'late' };
  const texts =
    seconds === 0
      ? [`asked for ${valueText(command.target, view.home.house.switches.get(row.id))}`]
      : [`waiting ${seconds} s`];
  return { texts: [...texts, 'asked'], style: 'notice' };
}

function freshBadVerdict(view: HouseView, row: SwitchState): Verdict | null {
  const { verdict } = row;
  if (verdict === null || verdict.kind === 'confirmed') return null;
  if (view.home.at - verdict.at > BAD_NEWS_MS) return null;
  return row.changedAt !== null && row.changedAt > verdict.at ? null : verdict;
}

/** The end of a command in a few words. */
function verdictStatus({ glyphs }: HouseView, verdict: Verdict): SwitchStatus {
  const time = formatDuration(verdict.elapsedMs);
  // As wide as any of them below a second, so that switches side by side say it in the same words.
  const even = time.padEnd('999 ms'.length);
  switch (verdict.kind) {
    case 'confirmed':
      return {
        texts: [`confirmed in ${even}`, `confirmed ${even}`, `${glyphs.symbols.confirmed} ${even}`],
        style: 'ok',
      };
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

/** Why it is not known where it stands now. */
function silentStatus(view: HouseView, row: SwitchState, freshness: Exclude<Freshness, 'live'>): SwitchStatus {
  const style = freshnessStyle[freshness];
  if (freshness === 'retained') return { texts: ['retained, age unknown', 'retained'], style };
  if (view.home.link.phase !== 'connected') return { texts: ['no link to the broker', 'no link'], style };
  if (freshness === 'waiting') return { texts: ['not heard since the link came', 'not heard yet', 'waiting'], style };
  const client = view.home.house.servedBy.get(row.id);
  const label = client === undefined ? null : clientLabelOf(view.home.house, client);
  return { texts: [...(label === null ? [] : [`${label} ${freshness}`]), freshness], style };
}
