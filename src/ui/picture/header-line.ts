import { cutText } from '../../core/fit-text.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { type HouseView, timeText } from '../text/house-view.ts';
import { fitLine, type Line, lineWidth, type Span, span, spreadLine } from '../text/line.ts';
import { replayHeader } from './replay-lines.ts';

/** The first row of every screen: who we are, to which broker, how the link is, and the time. */
export function headerLine(view: HouseView, width: number): Line {
  if (view.replay != null) return replayHeader(view, view.replay, width);
  const clock: Line = [span(` ${timeText(view, view.home.at)} `, 'clock')];
  const room = width - lineWidth(clock);
  const left = headerVariants(view, room).find(line => lineWidth(line) <= room);
  return left === undefined ? fitLine(linkSpans(view, false), width) : spreadLine(left, clock, width);
}

/** From all that there is to say to the least, so that the most important is what stays. */
function headerVariants(view: HouseView, room: number): readonly Line[] {
  const { session } = view.home;
  const user = session.user ?? 'anonymous';
  const far = `${user}@${session.host}:${session.port}`;
  const near = `${user}@${session.host}`;
  const name = span(' hometui ', 'title');
  const gap = span('  ');
  const link = linkSpans(view, true);
  const short = linkSpans(view, false);
  const marks = securityMarks(view);
  const protocol = protocolSpans(view.home);
  return [
    [name, span(' '), span(far, 'strong'), gap, ...link, ...protocol, ...marks],
    [span(' '), span(far, 'strong'), gap, ...link, ...protocol, ...marks],
    [span(' '), span(far, 'strong'), gap, ...link, ...marks],
    [span(' '), span(near, 'strong'), gap, ...link],
    [span(' '), span(near, 'strong'), span(' '), ...short],
    [span(' '), span(user, 'strong'), span(' '), ...short],
    [span(' '), span(cutText(user, Math.max(8, room - 2 - lineWidth(short))), 'strong'), span(' '), ...short],
    [span(' '), ...short],
  ];
}

function linkSpans({ home, glyphs }: HouseView, withWords: boolean): Line {
  const { symbols } = glyphs;
  const [sign, words, style] = ((): readonly [string, string, Span['style']] => {
    switch (home.link.phase) {
      case 'connected':
        return [symbols.live, 'connected', 'live'];
      case 'idle':
        return [symbols.off, 'not connected', 'waiting'];
      case 'connecting':
        return [symbols.off, 'connecting', 'waiting'];
      case 'waiting':
        return [symbols.offline, 'no link', 'critical'];
      case 'refused':
        return [symbols.denied, 'refused', 'critical'];
      case 'closed':
        return [symbols.off, 'closed', 'waiting'];
    }
  })();
  return [span(withWords || home.link.phase !== 'connected' ? `${sign} ${words}` : sign, style)];
}

function protocolSpans({ link }: HomeState): Line {
  return link.phase === 'connected' ? [span(`  MQTT ${link.protocol}`, 'muted')] : [];
}

/** An open link over a network is a danger and says so; a loopback needs no lock. */
function securityMarks({ home, glyphs }: HouseView): Line {
  const { isEncrypted, isLoopback } = home.session;
  if (isEncrypted) return [span('  '), span(`${glyphs.symbols.lock} TLS`, 'ok')];
  return isLoopback ? [] : [span('  '), span(`${glyphs.symbols.warning} unencrypted`, 'warning')];
}
