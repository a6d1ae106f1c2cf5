import { describe, expect, it } from 'vitest';
import { bodyOf, factsOf, mailOf, type Sent, variablesOf } from '../../../src/core/notices/forms.ts';
import { noticeOf } from '../../../src/core/notices/notice.ts';
import { AT, entry } from '../../helpers/notices/changes.ts';

const ISO = new Date(AT).toISOString();
const titleOf = (sent: Sent): string => JSON.parse(factsOf(sent)).title;
const textOf = (sent: Sent): string => JSON.parse(factsOf(sent)).text;
const notice = noticeOf(
  { type: 'alarms', entries: [entry('a', 'raised', { text: 'alarm raised: Flow above 90 °C' })], waitsUntil: null },
  { id: 'x-1', at: AT, house: 'Home' },
);
const sent = { notice, isAgain: false, lost: 0 };
const again = { notice, isAgain: true, lost: 2 };

describe('the words', () => {
  it('say what may have come before, and what is lost', () => {
    expect(titleOf(sent)).toBe('Home: alarm raised: Flow above 90 °C');
    expect(titleOf(again)).toBe('Home: alarm raised: Flow above 90 °C (may have come before)');
    expect(textOf(sent)).toBe(notice.text);
    expect(textOf(again)).toBe(`${notice.text}\n2 older notices could not be kept and are lost.`);
  });

  it('are cut, and hold no character that moves a cursor', () => {
    const wild = { ...notice, title: `\u001b[31m${'x'.repeat(200)}`, text: `a\u001b[0m\nb${'y'.repeat(9_000)}` };
    expect(titleOf({ ...sent, notice: wild })).toBe(`\ufffd[31m${'x'.repeat(114)}…`);
    expect(titleOf({ ...again, notice: wild })).toBe(`\ufffd[31m${'x'.repeat(91)}… (may have come before)`);
    expect(textOf({ ...sent, notice: wild })).toBe('a\ufffd[0m\n… and 1 more line');
  });

  it.each([1, 2, 37])('of more than fits are not cut in silence: %s lost', lost => {
    const lines = Array.from({ length: 50 }, (_, place) => `${place} ${'x'.repeat(96)}`);
    const text = textOf({ ...sent, lost, notice: { ...notice, text: lines.join('\n') } });
    expect(text.length).toBeLessThanOrEqual(3_500);
    expect(text.length).toBeGreaterThan(3_350);
    const [more = '', gone] = text.split('\n').slice(-2);
    const kept = text.split('\n').slice(0, -2);
    expect(kept).toEqual(lines.slice(0, kept.length));
    expect(more).toBe(`… and ${50 - kept.length} more lines`);
    expect(gone).toBe(
      lost === 1
        ? '1 older notice could not be kept and is lost.'
        : `${lost} older notices could not be kept and are lost.`,
    );
  });

  it('that fit to the last character are whole', () => {
    const text = `${'x'.repeat(1_749)}\n${'y'.repeat(1_750)}`;
    expect(textOf({ ...sent, notice: { ...notice, text } })).toBe(text);
    expect(textOf({ ...sent, notice: { ...notice, text: `${text}y` } })).toBe(
      `${'x'.repeat(1_749)}\n… and 1 more line`,
    );
  });
});

describe('the forms', () => {
  it('as facts have all that is known', () => {
    expect(JSON.parse(factsOf(again))).toEqual({
      ...{ id: 'x-1', type: 'alarms', house: 'Home', at: ISO, priority: 'alarm' },
      ...{ title: titleOf(again), text: textOf(again), mayHaveComeBefore: true, lostBefore: 2 },
      alarms: [
        {
          ...{ id: 'a', kind: 'raised', priority: 'alarm', at: ISO },
          ...{ text: 'alarm raised: Flow above 90 °C', label: 'Label of a', value: '93.1 °C', cure: 'Look at it' },
        },
      ],
    });
    expect(bodyOf('webhook', sent, 'unused')).toBe(factsOf(sent));
  });

  it('as variables have the first alarm', () => {
    expect(variablesOf(again)).toEqual({
      ...{ HOMETUI_ID: 'x-1', HOMETUI_TYPE: 'alarms', HOMETUI_HOUSE: 'Home', HOMETUI_AT: ISO },
      ...{ HOMETUI_PRIORITY: 'alarm', HOMETUI_TITLE: titleOf(again), HOMETUI_TEXT: textOf(again), HOMETUI_ALARM: 'a' },
      ...{ HOMETUI_CHANGE: 'raised', HOMETUI_LABEL: 'Label of a', HOMETUI_VALUE: '93.1 °C' },
      ...{ HOMETUI_COUNT: '1', HOMETUI_AGAIN: '1' },
    });
    const bare = { ...sent, notice: { ...notice, entries: [] } };
    expect(variablesOf(bare)).toMatchObject({
      HOMETUI_ALARM: '',
      HOMETUI_VALUE: '',
      HOMETUI_COUNT: '0',
      HOMETUI_AGAIN: '0',
    });
  });

  it.each([
    ['note', 2, 2],
    ['warning', 4, 5],
    ['alarm', 5, 8],
  ] as const)('of services have their priorities: %s', (priority, ntfy, gotify) => {
    const of = { ...sent, notice: { ...notice, priority } };
    const [title, message] = [titleOf(sent), textOf(sent)];
    expect(JSON.parse(bodyOf('ntfy', of, 'secret'))).toEqual({
      ...{ topic: 'secret', title, message, priority: ntfy, tags: [priority] },
    });
    expect(JSON.parse(bodyOf('gotify', of, ''))).toEqual({ title, message, priority: gotify });
  });
});

describe('a mail', () => {
  it('has its headers, a text of lines that are short enough, and what a machine needs to know', () => {
    const mail = mailOf(sent, { from: 'pi@home.example', to: 'me@home.example' });
    const [head = '', body = ''] = mail.split('\n\n');
    const names = head.split('\n').filter(line => !line.startsWith(' '));
    expect(names.map(line => line.split(':')[0])).toEqual([
      ...['From', 'To', 'Subject', 'Date', 'Message-ID', 'Auto-Submitted', 'MIME-Version', 'Content-Type'],
      'Content-Transfer-Encoding',
    ]);
    expect(head).toContain('From: pi@home.example\nTo: me@home.example\n');
    expect(head).toContain(
      `Date: ${new Date(AT).toUTCString().replace('GMT', '+0000')}\nMessage-ID: <x-1@hometui.invalid>\n`,
    );
    expect(Buffer.from(body, 'base64').toString('utf8')).toBe(notice.text);
    for (const line of mail.split('\n')) expect(line.length).toBeLessThanOrEqual(78);
    const lengths = body
      .trimEnd()
      .split('\n')
      .map(line => line.length);
    expect(new Set(lengths.slice(0, -1))).toEqual(new Set([76]));
  });

  it('has a subject that reads back', () => {
    const mail = mailOf(sent, { from: 'a@b', to: 'c@d' });
    const subject = /^Subject: ([\s\S]*?)\nDate/m.exec(mail)?.[1] ?? '';
    const words = [...subject.matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g)].map(([, word = '']) => word);
    expect(words).toHaveLength(Math.ceil(titleOf(sent).length / 11));
    expect(words.map(word => Buffer.from(word, 'base64').toString('utf8')).join('')).toBe(titleOf(sent));
    const plain = { ...sent, notice: { ...notice, title: 'Home: pump off' } };
    expect(mailOf(plain, { from: 'a@b', to: 'c@d' })).toContain('Subject: Home: pump off\n');
    const trick = { ...sent, notice: { ...notice, title: 'x =?UTF-8?B?YQ==?=' } };
    expect(mailOf(trick, { from: 'a@b', to: 'c@d' })).not.toContain('YQ==?=\n');
  });

  it('has no word in its subject that is longer than RFC 2047 allows, whatever it is made of', () => {
    const title = '🔥警é'.repeat(30);
    const mail = mailOf({ ...sent, notice: { ...notice, title } }, { from: 'a@b', to: 'c@d' });
    const words = mail.match(/=\?UTF-8\?B\?[^?]*\?=/g) ?? [];
    expect(words.length).toBeGreaterThan(5);
    for (const word of words) expect(word.length).toBeLessThanOrEqual(75);
  });

  it('lets nothing begin a header of its own', () => {
    const wild = { ...sent, notice: { ...notice, title: 'a\r\nBcc: x@y', text: 'b\n\nc' } };
    const mail = mailOf(wild, { from: 'a@b\r\nBcc: x@y', to: 'c@d\nBcc: x@y' });
    expect(mail).not.toMatch(/^Bcc/m);
    expect(mail).toContain('From: a@b Bcc: x@y\n');
    expect(mailOf(sent, { from: '\na@b\n', to: 'c@d' })).toContain('From: a@b\nTo: c@d\n');
  });
});
