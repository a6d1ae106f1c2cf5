import { countText } from '../../core/count-text.ts';
import { wrapText, wrapTextTo } from '../../core/fit-text.ts';
import { limitText } from '../../core/home/readings/level.ts';
import type { Freshness } from '../../core/home/state/client.ts';
import { linkText } from '../../core/home/state/link.ts';
import { faultWord, type Reading } from '../../core/home/state/reading.ts';
import { summaryOf } from '../../core/home/summary.ts';
import { clientLabelOf, labelOf } from '../../core/house/house.ts';
import { textOfSaid } from '../../core/house/values/words.ts';
import type { Glyphs } from '../../terminal/identity/glyphs.ts';
import type { ScreenName } from '../keys/intent.ts';
import { pickText } from '../layout/item-columns.ts';
import { fillRows } from '../panels/section-lines.ts';
import { type Headline, headlineOf, type Trouble } from '../state/headline.ts';
import { oldText } from '../text/age-text.ts';
import { focusMark, freshnessSymbol, type HouseView, type Lines, type Size } from '../text/house-view.ts';
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
  const headline = headlineOf(view.home);
  const isBelow = headline.kind === 'banner' || headline.kind === 'link';
  const alarm = alarmLine(view, place.size.columns, place.screen, isBelow);
  const below = alarm === null || !isBelow ? [] : [alarm];
  if (headline.kind === 'banner') return [...bannerLines(view, headline.banner, place.size), ...below];
  return [statusLine(view, place, headline, alarm), ...cureLines(view, place.size), ...below];
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

/** The headline in one row; `alarm` is the highest one, `null` where there is none. */
function statusLine(
  view: HouseView,
  { size, screen }: StatusPlace,
  headline: Exclude<Headline, { kind: 'banner' }>,
  alarm: Line | null,
): Line {
  const width = size.columns;
  switch (headline.kind) {
    case 'link':
      return linkLine(view, width);
    case 'alarm':
      return alarm ?? fitLine([], width);
    case 'listening':
      return fitLine(listeningSpans(view, width), width);
    case 'well':
      return fitLine(wellSpans(view, width, screen), width);
    case 'trouble': {
      const { trouble, others } = headline;
      const mores = others > 0 ? [`(and ${others} more)`, `+${others}`] : [''];
      const told = alarm === null ? mores : alarmMores(view.home, mores);
      return fitLine(troubleSpans(wordsOf(view, trouble), told, width - 4), width);
    }
  }
}

function linkLine(view: HouseView, width: number): Line {
  const { link } = view.home;
  const { symbols } = view.glyphs;
  const style: StyleName = link.phase === 'waiting' || link.phase === 'refused' ? 'warning' : 'muted';
  const sign = style === 'warning' ? symbols.warning : symbols.off;
  return fitLine([span(` ${sign} `, style), span(pickText(linkTexts(view), width - 4), style)], width);
}

/** Where there is little room, the last cause of it all and what comes next: the header has the broker. */
function linkTexts({ home }: HouseView): readonly string[] {
  const full = linkText(home.link, home.session, home.at);
  const [message = '', next] = full.split('; ');
  const cause = message.split(': ').at(-1) ?? message;
  if (home.link.phase === 'refused') return [full, `login refused: ${cause}`, 'the login was refused'];
  return next === undefined ? [full, cause] : [full, `${cause}; ${next}`, `no link, l says why; ${next}`, next];
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

/** What is not well in words, the longest first. */
function wordsOf(view: HouseView, trouble: Trouble): TroubleWords {
  const { home, glyphs } = view;
  const { freshness, reason } = trouble.age;
  const silence = {
    sign: freshnessSymbol(glyphs, freshness),
    tails: silenceTails(freshness, reason),
    style: freshnessStyle[freshness],
  };
  switch (trouble.kind) {
    case 'client':
      return { ...silence, label: clientLabelOf(home.house, trouble.id) };
    case 'gone':
      return { ...silence, label: labelOf(home.house, trouble.id) };
    case 'silence':
      return { ...silence, label: trouble.sensor.label };
    case 'fault':
      return { ...levelLook(glyphs, false), label: trouble.sensor.label, tails: faultTails(trouble.reading.fault) };
    case 'limit':
      return { ...levelLook(glyphs, trouble.isCritical), label: trouble.sensor.label, tails: limitTails(trouble) };
    case 'word':
      return { ...levelLook(glyphs, trouble.isCritical), label: trouble.config.label, tails: wordTails(trouble) };
  }
}

function levelLook({ symbols }: Glyphs, isCritical: boolean): Pick<TroubleWords, 'sign' | 'style'> {
  return isCritical ? { sign: symbols.critical, style: 'critical' } : { sign: symbols.warning, style: 'warning' };
}

function silenceTails(freshness: Freshness, reason: string | null): readonly string[] {
  const said = reason === null ? '' : `: ${reason}`;
  const state = freshness === 'waiting' ? ' is not heard' : ` is ${freshness}`;
  return [...shorterTexts(freshness === 'waiting' ? said : `${state}${said}`).filter(text => text !== ''), state];
}

function faultTails(fault: Reading['fault']): readonly string[] {
  if (fault === null) return [''];
  const word = faultWord(fault);
  return [` is ${word}: ${fault.reason}`, ` is ${word}`];
}

function wordTails({ row, config, age: { freshness, ageMs } }: Extract<Trouble, { kind: 'word' }>): readonly string[] {
  if (row.fault !== null) return [` is unreadable: ${row.fault.reason}`, ' is unreadable'];
  const isNow = freshness === 'live';
  const text = ` ${isNow ? 'is' : 'was'} ${textOfSaid(row, config)}`;
  return [`${text}${isNow ? '' : ageText(ageMs)}`, text];
}

/** Without the value itself: that is in its row, and would change here too each time. One that is not of now has its age. */
function limitTails({ sensor, reading, isCritical, age }: Extract<Trouble, { kind: 'limit' }>): readonly string[] {
  const limit = reading.value === null ? null : limitText(sensor, reading.value);
  const isNow = age.freshness === 'live' || age.freshness === 'late';
  const where = limit === null ? 'close to its limit' : `${limit} ${sensor.unit}`.trimEnd();
  const how = `${isNow ? 'is' : 'was'} ${where}`;
  const old = isNow ? '' : ageText(age.ageMs);
  const word = isCritical ? ': critical' : '';
  return [` ${how}${old}${word}`, ` ${how}${old}`, isCritical ? `: critical${old}` : `: warning${old}`];
}

const ageText = (ageMs: number | null): string => (ageMs === null ? ', age unknown' : `, ${oldText(ageMs)}`);
