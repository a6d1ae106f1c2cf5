import { fitText, wrapText } from '../../core/fit-text.ts';
import { isFramedAt, roomInFrame, scrollTo } from '../layout/layout.ts';
import { frameLines } from '../panels/frame-lines.ts';
import { focusMark, type HouseView, type Lines, type Size } from '../text/house-view.ts';
import { fitLine, type Line, span } from '../text/line.ts';
import type { StyleName, Theme } from '../theme/theme.ts';

/** The list of themes; the whole screen is drawn with the chosen one, and a sample shows each meaning. */
export function themesLines(view: HouseView, size: Size, themes: readonly Theme[], focus: number): Lines {
  const room = roomInFrame(size.columns, size.rows);
  const isWide = isFramedAt(size.columns);
  const sample = isWide ? [[], ...sampleLines(view, 3)] : narrowSample(view);
  // Where it is narrow, what there is to say of a theme stands below the list, for the chosen one.
  const chosen = isWide ? [] : wrapText(themes[focus]?.description ?? '', room.width - 2);
  const listRows = Math.min(themes.length, Math.max(3, room.rows - sample.length - chosen.length));
  const top = scrollTo(focus, themes.length, listRows);
  const list = themes.slice(top, top + listRows);
  const lines = [
    ...list.map((theme, place) =>
      themeLine(view, theme, top + place === focus, nameWidthOf(themes), room.width, isWide),
    ),
    ...chosen.map((text): Line => [span(`  ${text}`, 'muted')]),
    ...sample,
  ];
  const remark = isWide ? 'Enter keeps it, Esc leaves it as it was' : `${focus + 1} of ${themes.length}`;
  return frameLines(view, { text: 'Themes', remark }, lines, { width: size.columns, rows: size.rows });
}

const nameWidthOf = (themes: readonly Theme[]): number => Math.max(...themes.map(theme => theme.name.length)) + 2;

function themeLine(
  view: HouseView,
  theme: Theme,
  isChosen: boolean,
  nameWidth: number,
  width: number,
  isWide: boolean,
): Line {
  const name = span(fitText(theme.name, nameWidth), isChosen ? 'strong' : 'label');
  const about = span(isWide ? theme.description : '', 'muted');
  return fitLine([focusMark(view.glyphs, isChosen), span(' '), name, about], width);
}

type Sample = readonly [text: string, style: StyleName];

/** Each meaning once, with the word for it, in rows of what belongs together. */
function samples({ glyphs }: HouseView): {
  readonly rows: readonly (readonly Sample[])[];
  readonly banners: readonly Sample[];
} {
  const { symbols } = glyphs;
  return {
    rows: [
      [
        [`${symbols.live} live`, 'live'],
        [`${symbols.off} waiting`, 'waiting'],
        [`${symbols.off} retained`, 'retained'],
      ],
      [
        [`${symbols.late} late`, 'late'],
        [`${symbols.stale} stale`, 'stale'],
        [`${symbols.offline} offline`, 'offline'],
      ],
      [
        ['54.3 °C', 'value'],
        ['41.0 °C, 50 s old', 'notLive'],
        [glyphs.sparkline.join(''), 'chart'],
      ],
      [
        [`${symbols.warning} above 80`, 'warning'],
        [`${glyphs.symbols.critical} ABOVE 90`, 'critical'],
        [`${symbols.confirmed} confirmed`, 'ok'],
      ],
      [
        [`${symbols.live} on`, 'on'],
        [`${symbols.off} off`, 'off'],
        ['? was on', 'notLive'],
        [`${symbols.lock} locked`, 'locked'],
        ['p', 'key'],
      ],
    ],
    banners: [
      [` ${glyphs.symbols.critical} danger `, 'bannerCritical'],
      [` ${symbols.warning} warning `, 'bannerWarning'],
    ],
  };
}

function sampleLines(view: HouseView, gap: number): Lines {
  const { rows, banners } = samples(view);
  const whole = banners.map(([text, style]): readonly Sample[] => [[`${text}on every screen `, style]]);
  return [...rows, ...whole].map(row => sampleLine(row, gap));
}

/** In fewer columns, and both dangers in one row. */
function narrowSample(view: HouseView): Lines {
  const { rows, banners } = samples(view);
  return [...rows, banners].map(row => sampleLine(row, 2));
}

function sampleLine(row: readonly Sample[], gap: number): Line {
  return row.flatMap(([text, style], place) => [span(place === 0 ? '' : ' '.repeat(gap)), span(text, style)]);
}
