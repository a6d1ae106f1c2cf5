import { cleanText } from '../../clean-text.ts';
import { countText } from '../../count-text.ts';
import { cutText, wrapText } from '../../fit-text.ts';
import type { Role, Style } from '../../format/style.ts';
import { formatPlace } from '../../issue.ts';
import { jsonText } from '../../json-text.ts';
import { type Check, type CheckId, doctorCode, type Sign } from '../check.ts';

/** The parts of the report, in its order. */
const PARTS: readonly (readonly [title: string, ids: readonly CheckId[]])[] = [
  ['Broker', ['reachable', 'protocol', 'tls', 'version', 'broker']],
  ['Files', ['conf', 'acl', 'passwords', 'certificate', 'in-use', 'log']],
  ['Rights', ['anonymous', 'login', 'in-force', 'rights', 'denial']],
  ['House', ['device', 'retained-command', 'will', 'keepalive', 'session']],
  ['Machine', ['clock', 'history', 'daemon', 'space']],
];

/** The signs; `ascii` where nothing else can be shown. */
const SIGNS: Readonly<Record<Sign, { readonly sign: string; readonly ascii: string; readonly role: Role }>> = {
  well: { sign: '✓', ascii: '+', role: 'good' },
  warning: { sign: '▲', ascii: '!', role: 'warning' },
  fault: { sign: '✗', ascii: 'x', role: 'critical' },
  unexamined: { sign: '–', ascii: '-', role: 'quiet' },
};

/** What a report is written for. */
export interface ReportLook {
  readonly style: Style;
  /** The longest line, columns. */
  readonly width: number;
  readonly isAscii: boolean;
}

/** Where it is and what was seen, in one line. */
function headOf({ place, subject, evidence }: Check): string {
  const where = place === null ? subject : cleanText(formatPlace(place), 500);
  const about = place === null || place.file === subject ? where : `${where}: ${subject}`;
  return `${about}: ${evidence}`;
}

/** One check for people: its sign, what and where it is, the evidence, and below it the cure. */
function checkText(check: Check, { style, width, isAscii }: ReportLook): string {
  const { sign, ascii, role } = SIGNS[check.sign];
  const lines = wrapText(headOf(check), width - INDENT.length);
  const cure =
    check.cure === null ? [] : check.cure.split('\n').flatMap(line => wrapText(line, width - 2 * INDENT.length));
  const [first = '', ...rest] = lines;
  return [
    `${style(isAscii ? ascii : sign, role)} ${first}`,
    ...rest.map(line => `${INDENT}${line}`),
    ...cure.map(line => `${INDENT}${INDENT}${line}`),
  ]
    .map(line => `${line}\n`)
    .join('');
}

const INDENT = '  ';

/** The report for people, part by part, and its sum. */
export function reportText(checks: readonly Check[], look: ReportLook): string {
  const parts = PARTS.map(([title, ids]) => {
    const own = ids.flatMap(id => checks.filter(check => check.id === id));
    return own.length === 0
      ? ''
      : `${look.style(title, 'title')}\n${sayCuresOnce(own)
          .map(check => checkText(check, look))
          .join('')}\n`;
  });
  return `${parts.join('')}${sumText(checks, look)}`;
}

/** Of several in a row with one cure, only the last has it below. */
function sayCuresOnce(checks: readonly Check[]): readonly Check[] {
  return checks.map((check, index) => {
    const next = checks[index + 1];
    return next?.cure === check.cure && next.sign === check.sign ? { ...check, cure: null } : check;
  });
}

/** How many of each, and once more what is wrong, a line each: it may have gone off the top of the screen. */
function sumText(checks: readonly Check[], look: ReportLook): string {
  const { style, width, isAscii } = look;
  const count = (sign: Sign): number => checks.filter(check => check.sign === sign).length;
  const none = (sign: 'fault' | 'warning'): string => (count(sign) === 0 ? `no ${sign}` : countText(count(sign), sign));
  const words = [none('fault'), none('warning'), `${count('well')} well`, `${count('unexamined')} not examined`];
  const role: Role = count('fault') > 0 ? 'critical' : count('warning') > 0 ? 'warning' : 'good';
  const sum = wrapText(words.join(', '), width).map(line => `${style(line, role)}\n`);
  const bad = (['fault', 'warning'] as const).flatMap(sign => checks.filter(check => check.sign === sign));
  const told = bad.slice(0, MOST_TOLD).map(check => {
    const { sign, ascii, role: own } = SIGNS[check.sign];
    return `${style(isAscii ? ascii : sign, own)} ${cutText(headOf(check), width - INDENT.length)}\n`;
  });
  const isShort = checks.length <= SCREENFUL;
  const more = bad.length - told.length;
  return [...sum, ...(isShort ? [] : told), ...(isShort || more <= 0 ? [] : [`${INDENT}and ${more} more\n`])].join('');
}

/** So many checks are seen at one glance. */
const SCREENFUL = 8;
const MOST_TOLD = 10;

/** The report as one JSON object: `overall` in the words of `status`. Its schema is doctor.schema.json. */
export function reportJson(checks: readonly Check[], now: number): string {
  const overall = (['ok', 'warning', 'critical', 'unknown'] as const)[doctorCode(checks)];
  return `${jsonText({ schema: 1, at: new Date(now).toISOString(), overall, checks })}\n`;
}
