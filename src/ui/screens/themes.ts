import { fitText } from '../../core/fit-text.ts';
import { scrollTo } from '../layout.ts';
import { fitLine, type Line, span } from '../line.ts';
import { frameLines, roomInFrame } from '../lines/frame-lines.ts';
import type { StyleName, Theme } from '../theme.ts';
import { criticalSymbol, focusMark, type Lines, type Size, type View } from '../view.ts';

/** The list of themes; the whole screen is drawn with the chosen one, and a sample shows each meaning. */
export function themesLines(view: View, size: Size, themes: readonly Theme[], focus: number): Lines {
  const room = roomInFrame(size.columns, size.rows);
  const nameWidth = Math.max(...themes.map(theme => theme.name.length)) + 2;
  const list = themes.map((theme, place): Line => {
    const isChosen = place === focus;
    return fitLine(
      [
        focusMark(view.glyphs, isChosen),
        span(' '),
        span(fitText(theme.name, nameWidth), isChosen ? 'strong' : 'label'),
        span(theme.description, 'muted'),
      ],
      room.width,
    );
  });
  const listRows = Math.min(list.length, Math.max(3, room.rows - 8));
  const top = scrollTo(focus, list.length, listRows);
  const lines = [...list.slice(top, top + listRows), [], ...sampleLines(view)];
  const remark = 'Enter keeps it, Esc leaves it as it was';
  return frameLines(view, { text: 'Themes', remark }, lines, { width: size.columns, rows: size.rows });
}

/** Each meaning once, with the word for it. */
function sampleLines({ glyphs }: View): Lines {
  const { symbols } = glyphs;
  const one = (text: string, style: StyleName): Line => [span(text, style), span('   ')];
  return [
    [
      ...one(`${symbols.live} live`, 'live'),
      ...one(`${symbols.off} waiting`, 'waiting'),
      ...one(`${symbols.off} retained`, 'retained'),
    ],
    [
      ...one(`${symbols.late} late`, 'late'),
      ...one(`${symbols.stale} stale`, 'stale'),
      ...one(`${symbols.offline} offline`, 'offline'),
    ],
    [...one('54.3 °C', 'value'), ...one('41.0 °C, 50 s old', 'notLive'), ...one(glyphs.sparkline.join(''), 'chart')],
    [
      ...one(`${symbols.warning} above 80`, 'warning'),
      ...one(`${criticalSymbol(glyphs)} ABOVE 90`, 'critical'),
      ...one(`${symbols.confirmed} confirmed`, 'ok'),
    ],
    [
      ...one(`${symbols.live} on`, 'on'),
      ...one(`${symbols.off} off`, 'off'),
      ...one('? was on', 'notLive'),
      ...one(`${symbols.lock} locked`, 'locked'),
      ...one('p', 'key'),
    ],
    [...one(` ${criticalSymbol(glyphs)} danger on every screen `, 'bannerCritical')],
    [...one(` ${symbols.warning} warning on every screen `, 'bannerWarning')],
  ];
}
