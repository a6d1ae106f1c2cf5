import { countText } from '../../core/count-text.ts';
import { wrapText, wrapTextTo } from '../../core/fit-text.ts';
import type { FreshnessReport } from '../../core/home/clients/select-freshness.ts';
import { limitText } from '../../core/home/readings/level.ts';
import { bannerOf, freshnessOfClient, freshnessOfReading, freshnessOfWord } from '../../core/home/select.ts';
import type { Freshness } from '../../core/home/state/client.ts';
import { linkText } from '../../core/home/state/link.ts';
import { faultWord, type Reading } from '../../core/home/state/reading.ts';
import { rowsOf } from '../../core/home/state/table.ts';
import { LISTENING_MS, summaryOf } from '../../core/home/summary.ts';
import { clientLabelOf } from '../../core/house/house.ts';
import type { SensorConfig } from '../../core/house/schema.ts';
import { textOfSaid } from '../../core/house/values/words.ts';
import type { Glyphs } from '../../terminal/identity/glyphs.ts';
import type { ScreenName } from '../keys/intent.ts';
import { pickText } from '../layout/item-columns.ts';
import { fillRows } from '../panels/section-lines.ts';
import { yieldsToTrouble } from '../state/standing-alarms.ts';
import { calmAge, oldText } from '../text/age-text.ts';
import {
  criticalSymbol,
  focusMark,
  freshnessSymbol,
  type HouseView,
  type Lines,
  type Size,
} from '../text/house-view.ts';
import { blank, fitLine, type Line, sliceLine, span } from '../text/line.ts';
import { shorterTexts } from '../text/shorter-texts.ts';
import { freshnessStyle } from '../text/state-style.ts';
import type { StyleName } from '../theme/theme.ts';
import { alarmLine, alarmMores } from './alarm-line.ts';
import { bannerLines } from './banner-lines.ts';
import { replayStatusLine } from './replay-lines.ts';
import { type TroubleWords, troubleSpans } from './trouble-line.ts';

/** Rows from which on what to do about a lost link may take two. */
const ROOMY = 20;

/** Where the status is drawn: what is said elsewhere on the screen is not said here. */
export interface StatusPlace {
  readonly size: Size;
  readonly screen: ScreenName;
  /** Whether the arrow keys have chosen it. */
  readonly isChosen?: boolean;
}

/** The rows below the header on every screen: the one thing to know first. One row, or more for a danger. */
export function statusLines(view: HouseView, place: StatusPlace): Lines {
  const [first, ...others] = unmarkedLines(view, place);
  if (place.isChosen !== true || first === undefined) return first === undefined ? [] : [first, ...others];
  // Each begins with a blank.
  return [[focusMark(view.glyphs, true), ...sliceLine(first, 1, place.size.columns)], ...others];
}

function unmarkedLines(view: HouseView, place: StatusPlace): Lines {
  if (view.replay != null) {
    const line = replayStatusLine(view, view.replay, place.size.columns);
    if (line !== null) return [line];
  }
  const banner = bannerOf(view.home);
  const isBelow = banner !== null || view.home.link.phase !== 'connected';
  const alarm = alarmLine(view, place.size.columns, place.screen, isBelow);
  const below = alarm === null || !isBelow ? [] : [alarm];
  if (banner !== null) return [...bannerLines(view, banner, place.size), ...below];
  return [statusLine(view, place, isBelow ? null : alarm), ...cureLines(view, place.size), ...below];
}

/** What to do about a broker that is not reached. Its rows are kept free between two tries, so that nothing jumps. */
function cureLines({ home: { link } }: HouseView, { columns, rows }: Size): Lines {
  const most = rows < ROOMY ? 1 : 2;
  if (link.phase === 'connecting' && link.attempt > 1) return fillRows([], most, columns);
  if (link.phase !== 'waiting') return [];
  const { cure } = link.failure;
  const ends = ['. ', '; ', ': ', ', ', ' of '].map(end => cure.split(end)[0] ?? cure);
  const command = cure.split(': ').at(-1) ?? cure;
  const wrapped = [cure, command, ...ends].map(text => wrapText(text, columns - 4));
  const fits = wrapped.find(texts => texts.length <= most) ?? wrapTextTo(cure, columns - 4, most);
  return fillRows(
    fits.map(text => fitLine([blank(3), span(text, 'accent')], columns)),
    most,
    columns,
  );
}

/** What is most urgent of what is not well, or `alarm`; `null` where there is none. */
function statusLine(view: HouseView, { size, screen }: StatusPlace, alarm: Line | null): Line {
  const { home, glyphs } = view;
  const width = size.columns;
  if (home.link.phase !== 'connected') {
    const style: StyleName = home.link.phase === 'waiting' || home.link.phase === 'refused' ? 'warning' : 'muted';
    const sign = style === 'warning' ? glyphs.symbols.warning : glyphs.symbols.off;
    return fitLine([span(` ${sign} `, style), span(pickText(linkTexts(view), width - 4), style)], width);
  }
  const troubles = [...clientTroubles(view), ...sensorTroubles(view), ...wordTroubles(view)];
  const first = troubles[0];
  if (isListening(view, troubles)) return alarm ?? fitLine(listeningSpans(view, width), width);
  if (first === undefined) return alarm ?? fitLine(wellSpans(view, width, screen), width);
  const mores = troubles.length > 1 ? [`(and ${troubles.length - 1} more)`, `+${troubles.length - 1}`] : [''];
  if (alarm === null) return fitLine(troubleSpans(first, mores, width - 4), width);
  const worst = troubles.find(({ style }) => style === 'critical') ?? first;
  return yieldsToTrouble(home.alarms, worst.style === 'critical')
    ? fitLine(troubleSpans(worst, alarmMores(home, mores), width - 4), width)
    : alarm;
}

/** Where there is little room, the last cause of it all and what comes next: the header has the broker. */
function linkTexts({ home }: HouseView): readonly string[] {
  const full = linkText(home.link, home.session, home.at);
  const [message = '', next] = full.split('; ');
  const cause = message.split(': ').at(-1) ?? message;
  if (home.link.phase === 'refused') return [full, `login refused: ${cause}`, 'the login was refused'];
  return next === undefined ? [full, cause] : [full, `${cause}; ${next}`, `no link, l says why; ${next}`, next];
}

/** The first seconds after a connect, in which nothing is wrong and not all is heard. */
function isListening({ home }: HouseView, troubles: readonly Trouble[]): boolean {
  const { heard, total } = summaryOf(home);
  if (heard === total && troubles.length === 0) return false;
  const isEarly = home.at - (home.listeningSince ?? home.at) < LISTENING_MS;
  return troubles.length === 0 || (isEarly && troubles.every(trouble => trouble.isWaiting));
}

function listeningSpans({ home, glyphs }: HouseView, width: number): Line {
  const { heard, total } = summaryOf(home);
  const text = `${heard} of ${countText(total, 'value')} heard`;
  const said = pickText([`${text} since the link came`, text], width - 15);
  return [span(` ${glyphs.symbols.off} `, 'waiting'), span('Listening', 'waiting'), span(`  ${said}`, 'muted')];
}

/** A fact and no promise: what is live, and how much was denied meanwhile. */
function wellSpans({ home, glyphs }: HouseView, width: number, screen: ScreenName): Line {
  const { total, kept } = summaryOf(home);
  const clients = home.clients.ids.length === 0 ? '' : ` and ${countText(home.clients.ids.length, 'client')}`;
  const values = total === 1 ? 'The value' : total === 2 ? 'Both values' : `All ${total} values`;
  const be = total === 1 ? 'is' : 'are';
  const wells =
    total === 0 || kept === total
      ? home.words.ids.length + kept > 0
        ? ['Nothing is known to be wrong', 'Nothing wrong']
        : ['This house has switches only', 'Switches only']
      : kept > 0
        ? [
            `${countText(total - kept, 'value')}${clients} live, ${kept} retained`,
            `${total - kept} live, ${kept} retained`,
          ]
        : [`${values}${clients} ${clients === '' ? be : 'are'} live`, `${values} ${be} live`, 'All live'];
  const count = home.denials.length;
  const denied = count === 0 || screen === 'denials' ? '' : `  ${countText(count, 'denial')}: press d`;
  const well = pickText(wells, width - 4 - denied.length);
  return [span(` ${glyphs.symbols.live} `, 'ok'), span(well, 'ok'), span(denied, 'warning')];
}

interface Trouble extends TroubleWords {
  /** Nothing is wrong but that it was not heard yet. */
  readonly isWaiting: boolean;
}

function clientTroubles(view: HouseView): readonly Trouble[] {
  const { home } = view;
  return home.clients.ids.flatMap(id => {
    const { freshness, reason } = freshnessOfClient(home, id, calmAge);
    // Without a cadence its last word is all that there is to know of it.
    if (freshness === 'live' || (freshness === 'retained' && home.house.unpaced.has(id))) return [];
    const label = clientLabelOf(home.house, id);
    const isWaiting = freshness === 'waiting';
    const sign = freshnessSymbol(view.glyphs, freshness);
    return [{ sign, label, tails: silenceTails(freshness, reason), style: freshnessStyle[freshness], isWaiting }];
  });
}

function silenceTails(freshness: Freshness, reason: string | null): readonly string[] {
  const said = reason === null ? '' : `: ${reason}`;
  const state = freshness === 'waiting' ? ' is not heard' : ` is ${freshness}`;
  return [...shorterTexts(freshness === 'waiting' ? said : `${state}${said}`).filter(text => text !== ''), state];
}

/** The worst of the values, in words; the rows say the rest. */
function sensorTroubles({ home, glyphs }: HouseView): readonly Trouble[] {
  const reading = summaryOf(home).trouble;
  const sensor = reading === null ? undefined : home.house.sensors.get(reading.id);
  if (reading === null || sensor === undefined) return [];
  const { freshness, reason, ageMs } = freshnessOfReading(home, reading.id, calmAge);
  if (reading.level !== 'ok') return [limitTrouble(glyphs, sensor, reading, { freshness, ageMs })];
  if (reading.fault !== null && freshness !== 'offline') {
    const word = faultWord(reading.fault);
    const tails = [` is ${word}: ${reading.fault.reason}`, ` is ${word}`];
    return [{ sign: glyphs.symbols.warning, label: sensor.label, tails, style: 'warning', isWaiting: false }];
  }
  const clientId = home.house.servedBy.get(reading.id);
  // A silent client has said it for all its values.
  if (clientId !== undefined && freshnessOfClient(home, clientId).freshness !== 'live') return [];
  const isWaiting = freshness === 'waiting';
  const tails = silenceTails(freshness, reason);
  const sign = freshnessSymbol(glyphs, freshness);
  return [{ sign, label: sensor.label, tails, style: freshnessStyle[freshness], isWaiting }];
}

/** The worst of the words that have a level, or cannot be read. */
function wordTroubles({ home, glyphs }: HouseView): readonly Trouble[] {
  const rows = rowsOf(home.words).filter(({ level, fault }) => level !== 'ok' || fault !== null);
  const worst = rows.find(({ level }) => level === 'critical') ?? rows[0];
  const config = worst === undefined ? undefined : home.house.words.get(worst.id);
  if (worst === undefined || config === undefined) return [];
  const { label } = config;
  if (worst.fault !== null) {
    const tails = [` is unreadable: ${worst.fault.reason}`, ' is unreadable'];
    return [{ sign: glyphs.symbols.warning, label, tails, style: 'warning', isWaiting: false }];
  }
  const { freshness, ageMs } = freshnessOfWord(home, worst.id);
  const isNow = freshness === 'live';
  const age = isNow ? '' : ageMs === null ? ', age unknown' : `, ${oldText(ageMs)}`;
  const text = ` ${isNow ? 'is' : 'was'} ${textOfSaid(worst, config)}`;
  const isCritical = worst.level === 'critical';
  const sign = isCritical ? criticalSymbol(glyphs) : glyphs.symbols.warning;
  const style = isCritical ? 'critical' : 'warning';
  return [{ sign, label, tails: [`${text}${age}`, text], style, isWaiting: false }];
}

/** Without the value itself: that is in its row, and would change here too each time. One that is not of now has its age. */
function limitTrouble(
  glyphs: Glyphs,
  sensor: SensorConfig,
  reading: Reading,
  { freshness, ageMs }: Pick<FreshnessReport, 'freshness' | 'ageMs'>,
): Trouble {
  const limit = reading.value === null ? null : limitText(sensor, reading.value);
  const isCritical = reading.level === 'critical';
  const isNow = freshness === 'live' || freshness === 'late';
  const sign = isCritical ? criticalSymbol(glyphs) : glyphs.symbols.warning;
  const where = limit === null ? 'close to its limit' : `${limit} ${sensor.unit}`.trimEnd();
  const how = `${isNow ? 'is' : 'was'} ${where}`;
  const age = isNow ? '' : ageMs === null ? ', age unknown' : `, ${oldText(ageMs)}`;
  const word = isCritical ? ': critical' : '';
  const tails = [` ${how}${age}${word}`, ` ${how}${age}`, isCritical ? `: critical${age}` : `: warning${age}`];
  const isWaiting = freshness === 'waiting';
  return { sign, label: sensor.label, tails, style: isCritical ? 'critical' : 'warning', isWaiting };
}
