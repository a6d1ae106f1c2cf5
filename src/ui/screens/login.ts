import { cutText, fitText, tailText, wrapText } from '../../core/fit-text.ts';
import { linkText } from '../../core/home/state/link.ts';
import { bottomEdge, topEdge } from '../panels/panel-lines.ts';
import { fillRows } from '../panels/section-lines.ts';
import type { Login } from '../state/app-state.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { blank, fitLine, type Line, lineWidth, span } from '../text/line.ts';

/** Columns of the names of the fields. */
const NAME = 10;
const ORDINALS = ['', 'First', 'Second', 'Third', 'Fourth', 'Fifth'];

/** Asks for user and password, in the rows between header and footer; what was typed shows as dots. */
export function loginLines(view: HouseView, size: Size, login: Login, hasHouses: boolean): Lines {
  const width = Math.min(64, size.columns);
  const room = width - 6;
  const fieldWidth = Math.min(32, room - NAME);
  const { session } = view.home;
  const field = (name: string, value: Line): Line => [span(fitText(name, NAME), 'muted'), ...value];
  const form = (answer: Lines): Lines => [
    [],
    ...wrapText(session.url, room - NAME).map((row, place) => field(place === 0 ? 'Broker' : '', [span(row)])),
    field('User', userField(login, fieldWidth)),
    field('Password', passwordField(view, login, fieldWidth)),
    [],
    ...answer,
    [],
    keysLine(login, hasHouses, room),
  ];
  const most = size.rows - 2;
  const forms = [false, true].map(isShort => tightened(form(answerLines(view, login, room, isShort)), most));
  const rows = cutRows(forms.find(lines => lines.length <= most) ?? forms.at(-1) ?? [], most);
  const edge = span(view.glyphs.frame.vertical, 'frame');
  const framed = rows.map((line): Line => [edge, span('  '), ...fitLine(line, room), span('  '), edge]);
  const box = [topEdge(view, 'Log in', width), ...framed, bottomEdge(view, width)];
  const left = Math.floor((size.columns - width) / 2);
  const above = Math.max(0, Math.floor((size.rows - box.length) / 3));
  const placed = box.map((line): Line => fitLine([blank(left), ...line], size.columns));
  return fillRows([...fillRows([], above, size.columns), ...placed], size.rows, size.columns);
}

/** Where rows are few, blank ones go first. */
function tightened(rows: Lines, room: number): Lines {
  return rows.length <= room ? rows : rows.filter(line => line.length > 0);
}

/** Of what is still too high the end of the answer goes; the fields and the keys stay. */
function cutRows(rows: Lines, room: number): Lines {
  return rows.length <= room ? rows : [...rows.slice(0, room - 1), ...rows.slice(-1)];
}

/** A name is no secret; its end stays in view, with the cursor behind it. */
function userField({ user, field, isSent }: Login, width: number): Line {
  if (isSent || field !== 'user') return [span(cutText(user === '' ? 'not named yet' : user, width))];
  return [span(fitText(tailText(`${user}_`, width), width), 'input')];
}

/** What the keys do at this field; where there is not room for all, Enter finds the other field too. */
function keysLine({ field, password }: Login, hasHouses: boolean, width: number): Line {
  const isNext = field === 'user' && password === '';
  const enter = ['Enter', isNext ? 'next' : 'log in'] as const;
  const tab = ['Tab', field === 'user' ? 'password' : 'user'] as const;
  const leave = ['Esc', hasHouses ? 'houses' : 'leave'] as const;
  const lines = [keysWith([enter, tab, leave], 4), keysWith([enter, tab, leave], 2), keysWith([enter, leave], 2)];
  return lines.find(line => lineWidth(line) <= width) ?? [];
}

function keysWith(keys: readonly (readonly [string, string])[], gap: number): Line {
  return keys.flatMap(([key, word], place) => [blank(place === 0 ? 0 : gap), span(key, 'key'), span(` ${word}`)]);
}

/** Dots and no letters; the newest stay in view where there are more than the field is wide. */
function passwordField(view: HouseView, login: Login, width: number): Line {
  if (login.isSent) return [span(fitText('sent', width), 'muted')];
  const dots = view.glyphs.symbols.bullet.repeat(Math.min([...login.password].length, width - 1));
  return login.field === 'password'
    ? [span(fitText(`${dots}_`, width), 'input')]
    : [span(fitText(dots, width), 'muted')];
}

/** What the broker said to the last try, and what travels how; in short where the header says the rest. */
function answerLines(view: HouseView, login: Login, width: number, isShort: boolean): Lines {
  const { link, session } = view.home;
  const danger = isShort
    ? `${view.glyphs.symbols.warning} It travels unencrypted`
    : 'The password will travel unencrypted: use mqtts:// where the broker has it';
  const open: Lines =
    session.isEncrypted || session.isLoopback ? [] : wrapText(danger, width).map(row => [span(row, 'warning')]);
  const calm = (text: string): Lines => wrapText(text, width).map(row => [span(row, 'muted')]);
  if (login.isSent) return [...calm(linkText(link, session, view.home.at)), ...open];
  if (link.phase !== 'refused') return [...calm('A password is needed; it is kept nowhere.'), ...open];
  const ordinal = ORDINALS[link.refusals];
  const answered = ordinal === undefined ? `Answer ${link.refusals}` : `${ordinal} answer`;
  const { message } = link.failure;
  const said = isShort ? (message.split(': ').at(-1) ?? message) : message;
  const answer = wrapText(`${answered}: ${said}`, width - 2);
  const cure = wrapText(link.failure.cure, width - 2);
  const sign = view.glyphs.symbols.denied;
  return [
    ...answer.map((row, place): Line => [span(`${place === 0 ? sign : ' '} ${row}`, 'critical')]),
    ...cure.map((row): Line => [span(`  ${row}`, 'accent')]),
    ...open,
  ];
}
