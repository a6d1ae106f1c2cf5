import { wrapText } from '../../core/fit-text.ts';
import type { SensorConfig } from '../../core/home/config-schema.ts';
import { labelOf } from '../../core/home/house.ts';
import { limitText } from '../../core/home/level.ts';
import type { Reading } from '../../core/home/reading.ts';
import { bannerOf, freshnessOfClient, freshnessOfReading } from '../../core/home/select.ts';
import { linkText } from '../../core/home/text.ts';
import type { Glyphs } from '../../terminal/glyphs.ts';
import { fitLine, type Line, span } from '../line.ts';
import { LISTENING_MS, summaryOf } from '../summary.ts';
import type { StyleName } from '../theme.ts';
import { criticalSymbol, freshnessSymbol, type Lines, type View } from '../view.ts';
import { calmText, countText, freshnessStyle } from '../words.ts';
import { pickText } from './item-columns.ts';

/** The rows below the header on every screen: the one thing to know first. One row, or more for a danger. */
export function statusLines(view: View, width: number): Lines {
  const banner = bannerOf(view.home);
  if (banner === null) return [statusLine(view, width)];
  const isCritical = banner.level === 'critical';
  const style: StyleName = isCritical ? 'bannerCritical' : 'bannerWarning';
  const sign = isCritical ? criticalSymbol(view.glyphs) : view.glyphs.symbols.warning;
  const rows = [...wrapText(banner.text, width - 5), ...wrapText(banner.cure, width - 5)];
  return rows
    .slice(0, 4)
    .map((text, row) =>
      fitLine([span(` ${row === 0 ? sign : ' '} ${text}`, style)], width).map(part => ({ ...part, style })),
    );
}

function statusLine(view: View, width: number): Line {
  const { home, glyphs } = view;
  if (home.link.phase !== 'connected') {
    const style: StyleName = home.link.phase === 'waiting' || home.link.phase === 'refused' ? 'warning' : 'muted';
    const sign = style === 'warning' ? glyphs.symbols.warning : glyphs.symbols.off;
    return fitLine([span(` ${sign} `, style), span(pickText(linkTexts(view), width - 4), style)], width);
  }
  const troubles = [...clientTroubles(view), ...sensorTroubles(view)];
  const first = troubles[0];
  if (isListening(view, troubles)) return fitLine(listeningSpans(view), width);
  if (first === undefined) return fitLine(wellSpans(view, width), width);
  const more = troubles.length > 1 ? `  (and ${troubles.length - 1} more) ` : '';
  const line = [span(` ${first.sign} `, first.style), span(first.text, first.style)];
  return [...fitLine(line, Math.max(0, width - more.length)), span(more, 'muted')];
}

/** Where there is little room, the last cause of it all and what comes next: the header has the broker. */
function linkTexts({ home }: View): readonly string[] {
  const full = linkText(home.link, home.session, home.at);
  const [message = '', next] = full.split('; ');
  const cause = message.split(': ').at(-1) ?? message;
  return next === undefined ? [full] : [full, `${cause}; ${next}`];
}

/** The first seconds after a connect, in which nothing is wrong and not all is heard. */
function isListening({ home }: View, troubles: readonly Trouble[]): boolean {
  const { heard, total } = summaryOf(home);
  if (heard === total && troubles.length === 0) return false;
  const isEarly = home.at - (home.listeningSince ?? home.at) < LISTENING_MS;
  return troubles.length === 0 || (isEarly && troubles.every(trouble => trouble.isWaiting));
}

function listeningSpans({ home, glyphs }: View): Line {
  const { heard, total } = summaryOf(home);
  const text = `${heard} of ${countText(total, 'value')} heard since the link came`;
  return [span(` ${glyphs.symbols.off} `, 'waiting'), span('Listening', 'waiting'), span(`  ${text}`, 'muted')];
}

/** A fact and no promise: what is live, and how much was denied meanwhile. */
function wellSpans({ home, glyphs }: View, width: number): Line {
  const { total } = summaryOf(home);
  const clients = countText(home.clients.ids.length, 'client');
  const values = total === 1 ? 'The value' : `All ${total} values`;
  const texts = [`${values} and ${clients} are live`, `${values} are live`];
  const text = total === 0 ? 'This house has switches only' : pickText(texts, width - 4);
  const denied = home.denials.length === 0 ? '' : `${countText(home.denials.length, 'denial')}: press d`;
  const remark = denied.length + text.length + 8 <= width ? denied : '';
  return [span(` ${glyphs.symbols.live} `, 'ok'), span(text, 'ok'), span(`  ${remark}`, 'warning')];
}

interface Trouble {
  readonly sign: string;
  readonly text: string;
  readonly style: StyleName;
  /** Nothing is wrong but that it was not heard yet. */
  readonly isWaiting: boolean;
}

function clientTroubles(view: View): readonly Trouble[] {
  const { home } = view;
  return home.clients.ids.flatMap(id => {
    const { freshness, reason } = freshnessOfClient(home, id);
    if (freshness === 'live') return [];
    const label = labelOf(home.house, id);
    const said = reason === null ? '' : calmText(reason);
    const text = freshness === 'waiting' ? `${label}: ${said}` : `${label} is ${freshness}: ${said}`;
    const isWaiting = freshness === 'waiting';
    return [{ sign: freshnessSymbol(view.glyphs, freshness), text, style: freshnessStyle[freshness], isWaiting }];
  });
}

/** The worst of the values, in words; the rows say the rest. */
function sensorTroubles({ home, glyphs }: View): readonly Trouble[] {
  const reading = summaryOf(home).trouble;
  const sensor = reading === null ? undefined : home.house.sensors.get(reading.id);
  if (reading === null || sensor === undefined) return [];
  const { freshness, reason } = freshnessOfReading(home, reading.id);
  if (freshness === 'live' && reading.fault !== null) {
    const text = `${sensor.label}: ${reading.fault.reason}`;
    return [{ sign: glyphs.symbols.warning, text, style: 'warning', isWaiting: false }];
  }
  if (freshness === 'live') return reading.level === 'ok' ? [] : [limitTrouble(glyphs, sensor, reading)];
  const isHeard = freshnessOfClient(home, home.house.servedBy.get(reading.id) ?? '').freshness === 'live';
  // A silent client has said it for all its values.
  if (!isHeard) return [];
  const said = reason === null ? '' : `: ${calmText(reason)}`;
  const text = freshness === 'waiting' ? `${sensor.label}${said}` : `${sensor.label} is ${freshness}${said}`;
  const isWaiting = freshness === 'waiting';
  return [{ sign: freshnessSymbol(glyphs, freshness), text, style: freshnessStyle[freshness], isWaiting }];
}

/** Without the value itself: that is in its row, and would change here too each time. */
function limitTrouble(glyphs: Glyphs, sensor: SensorConfig, reading: Reading): Trouble {
  const limit = reading.value === null ? null : limitText(sensor, reading.value);
  const isCritical = reading.level === 'critical';
  const sign = isCritical ? criticalSymbol(glyphs) : glyphs.symbols.warning;
  const where = limit === null ? 'close to its limit' : `${limit} ${sensor.unit}`.trimEnd();
  const text = `${sensor.label} is ${where}${isCritical ? ': critical' : ''}`;
  return { sign, text, style: isCritical ? 'critical' : 'warning', isWaiting: false };
}
