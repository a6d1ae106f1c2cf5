import { linkText } from '../../core/home/text.ts';
import type { Login } from '../app-state.ts';
import { blank, fitLine, fitText, type Line, span, wrapText } from '../line.ts';
import { bottomEdge, topEdge } from '../lines/panel-lines.ts';
import { fillRows } from '../lines/section-lines.ts';
import type { Lines, Size, View } from '../view.ts';

const ORDINALS = ['', 'First', 'Second', 'Third', 'Fourth', 'Fifth'];

/** Asks for the password, in the rows between header and footer; what was typed shows as dots. */
export function loginLines(view: View, size: Size, login: Login): Lines {
  const width = Math.min(64, size.columns);
  const room = width - 6;
  const { session } = view.home;
  const field = (name: string, value: Line): Line => [span(fitText(name, 10), 'muted'), ...value];
  const rows: Lines = [
    [],
    field('Broker', [span(session.url)]),
    field('User', [span(session.user ?? 'none')]),
    field('Password', passwordField(view, login, Math.min(32, room - 10))),
    [],
    ...answerLines(view, login, room),
    [],
    [span('Enter', 'key'), span(' log in     '), span('Esc', 'key'), span(' leave hometui')],
  ];
  const edge = span(view.glyphs.frame.vertical, 'frame');
  const framed = tightened(rows, size.rows - 2).map(
    (line): Line => [edge, span('  '), ...fitLine(line, room), span('  '), edge],
  );
  const box = [topEdge(view, 'Log in', width), ...framed, bottomEdge(view, width)];
  const left = Math.floor((size.columns - width) / 2);
  const above = Math.max(0, Math.floor((size.rows - box.length) / 3));
  const placed = box.map((line): Line => fitLine([blank(left), ...line], size.columns));
  return fillRows([...fillRows([], above, size.columns), ...placed], size.rows, size.columns);
}

/** Where rows are few, blank ones go first, then the end of the answer; the field and the keys stay. */
function tightened(rows: Lines, room: number): Lines {
  if (rows.length <= room) return rows;
  const dense = rows.filter(line => line.length > 0);
  return dense.length <= room ? dense : [...dense.slice(0, room - 1), ...dense.slice(-1)];
}

/** Dots and no letters; the newest stay in view where there are more than the field is wide. */
function passwordField(view: View, login: Login, width: number): Line {
  if (login.isSent) return [span(fitText('sent', width), 'muted')];
  const dots = view.glyphs.symbols.bullet.repeat(Math.min([...login.password].length, width - 1));
  return [span(fitText(`${dots}_`, width), 'input')];
}

/** What the broker said to the last try, and what travels how. */
function answerLines(view: View, login: Login, width: number): Lines {
  const { link, session } = view.home;
  const open: Lines =
    session.isEncrypted || session.isLoopback
      ? []
      : wrapText('The password will travel unencrypted: use mqtts:// where the broker has it', width).map(row => [
          span(row, 'warning'),
        ]);
  if (login.isSent) return [[span(linkText(link, session, view.home.at), 'muted')], ...open];
  if (link.phase !== 'refused') return [[span('A password is needed; it is kept nowhere.', 'muted')], ...open];
  const ordinal = ORDINALS[link.refusals] ?? `${link.refusals}th`;
  const answer = wrapText(`${ordinal} answer: ${link.failure.message}`, width - 2);
  const cure = wrapText(link.failure.cure, width - 2);
  const sign = view.glyphs.symbols.denied;
  return [
    ...answer.map((row, place): Line => [span(`${place === 0 ? sign : ' '} ${row}`, 'critical')]),
    ...cure.map((row): Line => [span(`  ${row}`, 'accent')]),
    ...open,
  ];
}
