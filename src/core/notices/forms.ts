import { cleanLines, cleanText } from '../clean-text.ts';
import { countText } from '../count-text.ts';
import type { Priority } from '../home/alarms/alarm.ts';
import { jsonText } from '../json-text.ts';
import type { Notice } from './notice.ts';

/** A notice as it is sent, with what a try before may have done. */
export interface Sent {
  readonly notice: Notice;
  /** Whether it may have come before. */
  readonly isAgain: boolean;
  /** So many before it had to be given up. */
  readonly lost: number;
}

/** Which form a web service takes. */
export type WebForm = 'webhook' | 'ntfy' | 'gotify';

/** Longer ones are cut, characters: a screen of a telephone is small. */
const LONGEST_TITLE = 120;
const LONGEST_TEXT = 3_500;

const NTFY: Readonly<Record<Priority, number>> = { note: 2, warning: 4, alarm: 5 };
const GOTIFY: Readonly<Record<Priority, number>> = { note: 2, warning: 5, alarm: 8 };

/** The title, with a mark where it may have come before, however long it is. */
function titleOf({ notice, isAgain }: Sent): string {
  const mark = isAgain ? ' (may have come before)' : '';
  return `${cleanText(notice.title, LONGEST_TITLE - mark.length)}${mark}`;
}

/** The text, with what is not in it. */
function textOf({ notice, lost }: Sent): string {
  const verb = lost === 1 ? 'is' : 'are';
  const gone = lost === 0 ? '' : `\n${countText(lost, 'older notice')} could not be kept and ${verb} lost.`;
  return `${cutLines(cleanLines(notice.text), LONGEST_TEXT - gone.length)}${gone}`;
}

/** What a cut text says at its end, with the number of lines that are not in it. */
const moreText = (lines: number): string => `… and ${countText(lines, 'more line')}`;

/** A text of at most so many characters. What does not fit is an alarm, and is not left out in silence. */
function cutLines(text: string, most: number): string {
  if (text.length <= most) return text;
  const lines = text.split('\n');
  let room = most - moreText(lines.length).length;
  const kept: string[] = [];
  for (const line of lines) {
    room -= line.length + 1;
    if (room < 0) break;
    kept.push(line);
  }
  return [...kept, moreText(lines.length - kept.length)].join('\n');
}

/** All that is known, as one JSON object. */
export function factsOf(sent: Sent): string {
  const { id, type, house, at, priority, entries } = sent.notice;
  return jsonText({
    ...{ id, type, house, at: isoOf(at), priority, title: titleOf(sent), text: textOf(sent) },
    ...{ mayHaveComeBefore: sent.isAgain, lostBefore: sent.lost },
    alarms: entries.map(({ tell, at: since, ...entry }) => ({ ...entry, at: isoOf(since) })),
  });
}

/** The same for programs that read no JSON. */
export function variablesOf(sent: Sent): Readonly<Record<string, string>> {
  const { id, type, house, at, priority, entries } = sent.notice;
  const [first] = entries;
  const fields = {
    ...{
      ID: id,
      TYPE: type,
      HOUSE: house,
      AT: isoOf(at),
      PRIORITY: priority,
      TITLE: titleOf(sent),
      TEXT: textOf(sent),
    },
    ...{ ALARM: first?.id ?? '', CHANGE: first?.kind ?? '', LABEL: first?.label ?? '', VALUE: first?.value ?? '' },
    ...{ COUNT: String(entries.length), AGAIN: sent.isAgain ? '1' : '0' },
  };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [`HOMETUI_${name}`, value]));
}

/** The body of a request; `topic` is that of ntfy. */
export function bodyOf(form: WebForm, sent: Sent, topic: string): string {
  const [title, message] = [titleOf(sent), textOf(sent)];
  const { priority } = sent.notice;
  if (form === 'ntfy') return jsonText({ topic, title, message, priority: NTFY[priority], tags: [priority] });
  return form === 'gotify' ? jsonText({ title, message, priority: GOTIFY[priority] }) : factsOf(sent);
}

/** The whole message for `sendmail -i -t`. Nothing of the house can begin a header of its own. */
export function mailOf(sent: Sent, { from, to }: { readonly from: string; readonly to: string }): string {
  const lines = base64Of(textOf(sent)).replace(/.{76}/g, '$&\n');
  const headers = [
    ...[`From: ${oneLine(from)}`, `To: ${oneLine(to)}`, `Subject: ${subjectOf(titleOf(sent))}`],
    ...[`Date: ${new Date(sent.notice.at).toUTCString().replace('GMT', '+0000')}`],
    ...[`Message-ID: <${sent.notice.id}@hometui.invalid>`, 'Auto-Submitted: auto-generated', 'MIME-Version: 1.0'],
    ...['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64'],
  ];
  return `${headers.join('\n')}\n\n${lines}\n`;
}

/** In words of at most 75 characters each (RFC 2047), where it is not plain: a character has up to four bytes. */
function subjectOf(title: string): string {
  if (/^[\x20-\x7e]*$/.test(title) && !title.includes('=?')) return title;
  const parts = title.match(/.{1,11}/gu) ?? [];
  return parts.map(part => `=?UTF-8?B?${base64Of(part)}?=`).join('\n ');
}

/** An address on one line: what follows a line feed would be a header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function base64Of(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
}

const isoOf = (at: number): string => new Date(at).toISOString();
