import { wrapText, wrapTextTo } from '../../core/fit-text.ts';
import type { Banner } from '../../core/home/select.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { fitLine, span } from '../text/line.ts';
import type { StyleName } from '../theme/theme.ts';

/** Rows of a danger: more are worth it where a terminal is narrow. */
const bannerRows = ({ rows }: Size): number => Math.max(4, Math.floor(rows / 3));

/** A danger, in place of the status, on every screen until it is over. */
export function bannerLines(view: HouseView, banner: Banner, size: Size): Lines {
  const isCritical = banner.level === 'critical';
  const style: StyleName = isCritical ? 'bannerCritical' : 'bannerWarning';
  const sign = isCritical ? view.glyphs.symbols.critical : view.glyphs.symbols.warning;
  return bannerTexts(banner, size.columns - 5, bannerRows(size)).map((text, row) =>
    fitLine([span(` ${row === 0 ? sign : ' '} ${text}`, style)], size.columns).map(part => ({ ...part, style })),
  );
}

/** All of it where there is room; else without details, which the log has. What to do about it stays. */
function bannerTexts({ text, cure }: Banner, width: number, most: number): readonly string[] {
  const [head = text] = text.split(': ');
  const doing = cure.replace(/ \([^)]*\)$/, '');
  const last = doing.split('. ').at(-1) ?? doing;
  const texts = [
    [text, cure],
    [head, cure],
    [head, doing],
    [head, last],
  ].map(parts => parts.flatMap(part => wrapText(part, width)));
  const fits = texts.find(rows => rows.length <= most);
  if (fits !== undefined) return fits;
  const action = wrapText(last, width);
  return [...wrapTextTo(head, width, Math.max(1, most - action.length)), ...action].slice(0, most);
}
