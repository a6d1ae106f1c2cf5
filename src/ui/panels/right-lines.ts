import { cleanText } from '../../core/clean-text.ts';
import { cutText, fitText } from '../../core/fit-text.ts';
import { factsOfUser, type HouseTopic, rightOfUser, type TopicRole } from '../../core/home/access/users.ts';
import { textWidth } from '../../core/text-width.ts';
import { focusMark, type HouseView } from '../text/house-view.ts';
import { fitLine, type Line, lineWidth, type Span, span, spreadLine } from '../text/line.ts';
import { nearMoment } from '../text/near-moment.ts';

/** One topic of the house for one user; `chosen` is the access that the arrow keys are at, `null` on other rows. */
export interface RightRow {
  readonly user: string | null;
  readonly topic: HouseTopic;
  readonly chosen: 'read' | 'write' | null;
}

/** A user, how often it is logged in and since when, and what was denied to it. */
export function userLine(view: HouseView, user: string | null, isFocused: boolean, width: number): Line {
  const { logins, denials } = factsOfUser(view.home, user);
  const { symbols } = view.glyphs;
  const name = user === null ? '(no name)' : cleanText(user, 40);
  const [first, ...others] = logins;
  const since = first?.at == null ? '' : ` since ${nearMoment(view, first.at, { hasSeconds: true })}`;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const denied = denials.reduce((sum, denial) => sum + denial.count, 0);
  const right: Line = denied === 0 ? [] : [span(` ${symbols.denied} ${denied} `, 'critical')];
  const head: Line = [focusMark(view.glyphs, isFocused), span(` ${cutText(name, Math.floor(width / 2))}  `, 'title')];
  if (first === undefined) return spreadLine(head, right, width);
  // Below the list all of it stands in full.
  const room = width - lineWidth(head) - lineWidth(right);
  const id = `${symbols.live} ${cleanText(first.clientId, 24)}`;
  const login = [`${id}${since}${more}`, `${id}${more}`, id, symbols.live].find(text => textWidth(text) <= room);
  return spreadLine([...head, span(login ?? '', 'live')], right, width);
}

const ROLES: Readonly<Record<TopicRole, string>> = {
  value: '',
  picture: 'picture',
  command: 'command',
  answer: 'answer',
  availability: 'presence',
};

/** Columns of one right: the word, its sign and its line. */
const CELL = 13;

/** What a user may do with a topic: whether it reads and writes it, and by which line of the file. */
export function rightLine(view: HouseView, { user, topic, chosen }: RightRow, width: number): Line {
  const isNarrow = width < 60;
  const role = ROLES[topic.role];
  const cells = (['read', 'write'] as const).flatMap(access =>
    rightCell(view, { user, topic: topic.topic, access, isChosen: chosen === access, isNarrow }),
  );
  const room = width - 3 - 2 * (isNarrow ? CELL - 4 : CELL);
  const name = cutText(topic.label, room - 1 - (role === '' ? 0 : role.length + 1));
  const label = span(fitText(role === '' ? name : `${name} ${role}`, room), 'label');
  return fitLine([focusMark(view.glyphs, chosen !== null), span('  '), label, ...cells], width);
}

interface Cell {
  readonly user: string | null;
  readonly topic: string;
  readonly access: 'read' | 'write';
  readonly isChosen: boolean;
  readonly isNarrow: boolean;
}

function rightCell(view: HouseView, { user, topic, access, isChosen, isNarrow }: Cell): readonly Span[] {
  const decision = rightOfUser(view.home, user, access, topic);
  const { symbols } = view.glyphs;
  const word = isNarrow ? access.charAt(0) : access;
  const line = decision?.rule == null ? '' : String(decision.rule.line);
  const sign = decision === null ? '?' : decision.allowed ? symbols.confirmed : line === '' ? '-' : symbols.denied;
  const style = decision === null ? 'muted' : decision.allowed ? 'ok' : line === '' ? 'muted' : 'critical';
  const head = span(word, isChosen ? 'focus' : 'muted');
  const tail = ` ${sign} ${line}`;
  const width = isNarrow ? CELL - 4 : CELL;
  return [head, span(tail + ' '.repeat(Math.max(0, width - textWidth(word) - textWidth(tail))), style)];
}
