import { expect, it } from 'vitest';
import { alarmLine, type Likeness, noteLine, parseQuestion } from '../../../src/core/daemon/protocol.ts';
import type { HistoryEvent } from '../../../src/core/history/history-event.ts';

const like: Likeness = {
  ...{ house: 'abc', url: 'mqtt://pi:1883', user: null, login: null, id: null, acl: null, brokerLog: null },
};
const event = { at: 5, type: 'switched', id: 'pump', severity: 'info', text: 'Pump on', detail: {} } as HistoryEvent;
const read = (fields: Readonly<Record<string, unknown>>) =>
  parseQuestion(JSON.stringify({ hometui: 1, version: '1', like: {}, ...fields }));

it('a note and a question about alarms are one line each, and come back as what they were', () => {
  const note = noteLine('1.2.3', like, event);
  expect(note.indexOf('\n')).toBe(note.length - 1);
  expect(parseQuestion(note)).toEqual({ hometui: 1, version: '1.2.3', ask: 'note', like, event });
  const known = { change: null, revision: 7 };
  const alarms = alarmLine('1.2.3', like, { ask: 'alarms', known });
  expect(alarms.indexOf('\n')).toBe(alarms.length - 1);
  expect(parseQuestion(alarms)).toEqual({ hometui: 1, version: '1.2.3', ask: 'alarms', like, known });
});

it.each([
  { ask: 'state' },
  { ask: 'note', event },
  { ask: 'note', event: { ...event, id: null } },
  { ask: 'alarms', known: { change: null, revision: null } },
  { ask: 'alarms', known: { change: 0, revision: 5 } },
  { ask: 'alarm-act', ids: [], act: { kind: 'acknowledge', by: null } },
  { ask: 'alarm-act', ids: ['a'], act: { kind: 'unshelve', by: 'me' } },
  { ask: 'alarm-act', ids: ['a'], act: { kind: 'shelve', by: null, forMs: 5, reason: null } },
  { ask: 'alarm-act', ids: ['a'], act: { kind: 'shelve', by: 'me', forMs: 5, reason: 'so' } },
])('%o is asked', fields => {
  expect(read(fields)).not.toBeNull();
});

it.each([
  {},
  { ask: 'more' },
  { ask: 'state', version: 1 },
  { ask: 'state', like: null },
  { ask: 'note' },
  { ask: 'note', event: { ...event, at: '5' } },
  { ask: 'note', event: { ...event, type: 5 } },
  { ask: 'note', event: { ...event, text: null } },
  { ask: 'note', event: { ...event, id: 5 } },
  { ask: 'note', event: { ...event, detail: 'x' } },
  { ask: 'alarms' },
  { ask: 'alarms', known: [] },
  { ask: 'alarms', known: { change: 1.5, revision: null } },
  { ask: 'alarms', known: { change: null, revision: '5' } },
  { ask: 'alarm-act', act: { kind: 'acknowledge', by: null } },
  { ask: 'alarm-act', ids: [5], act: { kind: 'acknowledge', by: null } },
  { ask: 'alarm-act', ids: ['a'] },
  { ask: 'alarm-act', ids: ['a'], act: { kind: 'acknowledge' } },
  { ask: 'alarm-act', ids: ['a'], act: { kind: 'forget', by: null } },
  { ask: 'alarm-act', ids: ['a'], act: { kind: 'shelve', by: null, reason: null } },
  { ask: 'alarm-act', ids: ['a'], act: { kind: 'shelve', by: null, forMs: 5 } },
])('%o is not', fields => {
  expect(read(fields)).toBeNull();
});
