import type { ReplayStatus } from '../../app/replay/player.ts';
import { clockText, MONTHS, WEEKDAYS } from '../../core/moment-text.ts';
import type { HouseView } from '../text/house-view.ts';
import { fitLine, type Line, lineWidth, span } from '../text/line.ts';

/** The header of the past: in a colour of its own, and in words, so that nobody takes it for now. */
export function replayHeader({ home }: HouseView, { at, speed, isPaused, isAtEnd }: ReplayStatus, width: number): Line {
  const pace = isAtEnd ? 'the record ends here' : isPaused ? 'paused' : `×${speed}`;
  const { user, host } = home.session;
  const year = new Date(at).getFullYear();
  const variants = [
    ` REPLAY  ${dayText(at)} ${year} ${clockText(at)}  ${pace}  ${user ?? 'anonymous'}@${host}`,
    ` REPLAY  ${dayText(at)} ${clockText(at)}  ${pace}  ${user ?? 'anonymous'}@${host}`,
    ` REPLAY  ${dayText(at)} ${clockText(at)}  ${pace}`,
    ` REPLAY ${clockText(at)} ${pace}`,
  ];
  const text = variants.find(one => lineWidth([span(one)]) < width) ?? ' REPLAY';
  return fitLine([span(text)], width).map(part => ({ ...part, style: 'bannerWarning' }));
}

/** What is to be known of the moment before anything else: that it is being sought, or that nothing is known of it. */
export function replayStatusLine(
  { glyphs }: HouseView,
  { at, gap, progress }: ReplayStatus,
  width: number,
): Line | null {
  if (progress !== null)
    return fitLine([span(` ${glyphs.symbols.arrow} On the way there: ${Math.floor(100 * progress)} %`)], width);
  if (gap === null) return null;
  const until = Number.isFinite(gap.until) ? ` until ${momentText(gap.until, at)}` : '';
  const what = gap.kind === 'damaged' ? 'What was recorded here is damaged' : 'Nobody listened here';
  const texts = [`${what}${until}: nothing is known of this time`, `${what}${until}`, what];
  const text = texts.find(one => lineWidth([span(one)]) <= width - 4) ?? what;
  return fitLine([span(` ${glyphs.symbols.warning} `, 'warning'), span(text, 'warning')], width);
}

/** With its day where that is another one than that of a moment. */
function momentText(at: number, near: number): string {
  return dayText(at) === dayText(near) ? clockText(at) : `${dayText(at)} ${clockText(at)}`;
}

function dayText(at: number): string {
  const date = new Date(at);
  return `${WEEKDAYS[date.getDay()]} ${date.getDate()} ${MONTHS[date.getMonth()]}`;
}
