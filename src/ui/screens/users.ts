import { cleanText } from '../../core/clean-text.ts';
import { countText } from '../../core/count-text.ts';
import { cutText } from '../../core/fit-text.ts';
import { factsOfUser, knownUsers, remedyOf, rightOfUser, topicsOfHouse } from '../../core/home/access/users.ts';
import type { HomeState } from '../../core/home/state/state.ts';
import { textWidth } from '../../core/text-width.ts';
import { roomInFrame, scrollTo } from '../layout/layout.ts';
import { type Field, fieldLines } from '../panels/field-lines.ts';
import { frameLines } from '../panels/frame-lines.ts';
import { partOfLines } from '../panels/part-lines.ts';
import { rightLine, userLine } from '../panels/right-lines.ts';
import { headingLine } from '../panels/section-lines.ts';
import { userAt } from '../state/move-page.ts';
import type { HouseView, Lines, Size } from '../text/house-view.ts';
import { nearMoment } from '../text/near-moment.ts';

/** Rows that the list has at the least. */
const LIST_ROWS = 3;
/** Denials of a user that are told in full. */
const MOST_DENIALS = 3;

/** What is chosen on the list of users. */
interface Choice {
  readonly focus: number;
  readonly access: 'read' | 'write';
  readonly part?: number;
}

/** Everybody with what each may do with each topic of the house, and by which line; below the chosen row in full. */
export function usersLines(view: HouseView, size: Size, page: Choice): Lines {
  const { home } = view;
  const room = roomInFrame(size.columns, size.rows);
  const count = knownUsers(home).length * (1 + topicsOfHouse(home.house).length);
  const { row: focus } = userAt(page.focus, home);
  const facts = factLines(view, page, room.width);
  const listRows = Math.min(count, Math.max(LIST_ROWS, room.rows - facts.length));
  const top = scrollTo(focus, count, listRows);
  const list = Array.from({ length: listRows }, (_, place) => {
    const { user, topic } = userAt(top + place, home);
    const chosen = top + place === focus ? page.access : null;
    if (topic === null) return userLine(view, user, chosen !== null, room.width);
    return rightLine(view, { user, topic, chosen }, room.width);
  });
  const below = partOfLines(facts, { width: room.width, rows: room.rows - listRows }, page.part ?? 0);
  const remark = home.acl === null ? '' : `by ${cutText(cleanText(home.acl.file), Math.max(8, room.width - 20))}`;
  return frameLines(view, { text: 'Users', remark }, [...list, ...below], { width: size.columns, rows: size.rows });
}

function factLines(view: HouseView, page: Choice, width: number): Lines {
  const { user, topic } = userAt(page.focus, view.home);
  const name = user === null ? 'clients without a name' : cleanText(user, 60);
  const title = topic === null ? name : `${name}: ${topic.label}`;
  const fields = topic === null ? userFields(view, user) : rightFields(view.home, user, topic.topic, page.access);
  // The heading cuts what is wider than the screen.
  const whole: readonly Field[] =
    textWidth(title) < width - 2
      ? []
      : [{ name: 'User', text: name }, ...(topic === null ? [] : [{ name: 'Item', text: topic.label }])];
  return [headingLine(view, title, '', width, 0), ...fieldLines([...whole, ...fields], width)];
}

/** Who is logged in as this user, and what was denied to it. */
function userFields(view: HouseView, user: string | null): readonly Field[] {
  const { home } = view;
  const { logins, denials } = factsOfUser(home, user);
  const hasLog = home.logins.size > 0;
  const refused = denials.filter(({ access }) => access === 'connect');
  const denied = denials.filter(({ access }) => access !== 'connect');
  const login = logins.map(({ clientId, at, address }) => {
    const since = at === null ? '' : ` since ${nearMoment(view, at, { hasSeconds: true })}`;
    return `as ${cleanText(clientId, 40)}${address === null ? '' : ` from ${cleanText(address, 45)}`}${since}`;
  });
  const nobody = hasLog
    ? 'nobody, as far as the log goes back'
    : "not known: only the broker's log tells (--broker-log)";
  return [
    { name: 'Logged in', text: login.length === 0 ? nobody : login.join('; ') },
    ...(refused.length === 0 ? [] : [{ name: 'Refused', text: sum(view, refused), style: 'critical' as const }]),
    ...(denied.length === 0 && !hasLog ? [] : [deniedField(view, denied)]),
  ];
}

function deniedField(view: HouseView, denied: ReturnType<typeof factsOfUser>['denials']): Field {
  if (denied.length === 0) return { name: 'Denied', text: 'nothing, as far as was heard' };
  const told = denied.slice(0, MOST_DENIALS).map(({ access, topic, count, at }) => {
    const times = count > 1 ? `${count} times, last ` : '';
    return `${access} ${cleanText(topic ?? '')} (${times}${nearMoment(view, at, { hasSeconds: true })})`;
  });
  const more = denied.length > MOST_DENIALS ? `; and ${denied.length - MOST_DENIALS} more: d` : '';
  return { name: 'Denied', text: `${told.join('; ')}${more}`, style: 'critical' };
}

function sum(view: HouseView, refused: ReturnType<typeof factsOfUser>['denials']): string {
  const count = refused.reduce((total, denial) => total + denial.count, 0);
  const last = Math.max(...refused.map(({ at }) => at));
  return `${countText(count, 'login')}, last ${nearMoment(view, last, { hasSeconds: true })}`;
}

/** Both rights by their lines, and for the chosen one that is missing what would give it. */
function rightFields(home: HomeState, user: string | null, topic: string, chosen: 'read' | 'write'): readonly Field[] {
  const { acl } = home;
  if (acl === null) {
    return [
      { name: 'Topic', text: cleanText(topic) },
      { name: 'Rights', text: 'not known without the ACL file: start with --acl FILE' },
    ];
  }
  const said = (access: 'read' | 'write'): string => {
    const decision = rightOfUser(home, user, access, topic);
    const line =
      decision?.rule == null
        ? 'no line grants it'
        : `line ${decision.rule.line}, "${cleanText(decision.rule.text, 120)}"`;
    return `${decision?.allowed === true ? 'yes' : 'no'}: ${decision?.reason === 'broker' ? 'the broker keeps it to itself' : line}`;
  };
  const isAllowed = rightOfUser(home, user, chosen, topic)?.allowed === true;
  return [
    { name: 'Topic', text: cleanText(topic) },
    { name: 'Reads', text: said('read') },
    { name: 'Writes', text: said('write') },
    ...(isAllowed ? [] : [{ name: 'Remedy', text: remedyOf(home, user, chosen, topic), style: 'accent' as const }]),
  ];
}
