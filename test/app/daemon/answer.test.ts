import { expect, it } from 'vitest';
import { createAnswers } from '../../../src/app/daemon/answer.ts';
import { createStore } from '../../../src/app/store.ts';
import { unpackState } from '../../../src/core/daemon/packed-state.ts';
import { type Likeness, noteLine, parseHead, questionLine } from '../../../src/core/daemon/protocol.ts';
import type { HistoryEvent } from '../../../src/core/history/history-event.ts';
import { getRow } from '../../../src/core/home/state/table.ts';
import { eventTimeOf } from '../../../src/io/clock.ts';
import { createFakeClock } from '../../helpers/fake-clock.ts';
import { connected, emptyHome, message, START } from '../../helpers/ui/home.ts';

const HOUR = 3_600_000;
const like: Likeness = {
  ...{ house: 'abc', url: 'mqtt://pi:1883', user: 'master', login: 'def', id: 'hometui-1', acl: null, brokerLog: null },
};

function open() {
  const noted: HistoryEvent[] = [];
  let now = like;
  const clock = createFakeClock(START);
  const store = createStore(emptyHome(), () => {});
  store.dispatch(connected(clock.now()));
  store.dispatch(message(clock.now(), 'heating/flow', '54.3'));
  const wake = (): void => store.dispatch({ type: 'ticked', at: clock.now() });
  const answers = createAnswers({
    session: { store, wake },
    like: () => now,
    houseFile: '/home/me/house.json',
    version: '1.2.3',
    pid: 7,
    clock,
    note: event => noted.push(event),
    alarms: () => null,
  });
  const become = (other: Likeness): void => {
    now = other;
  };
  return { clock, store, answers, noted, become };
}

it('who is like the daemon gets all that it knows at this moment', () => {
  const { clock, store, answers } = open();
  clock.advance(3_000);
  const [head = '', state = '', rest] = (answers(questionLine('1.2.3', like)) ?? '').split('\n');
  const who = { hometui: 1, version: '1.2.3', pid: 7, startedAt: START, houseFile: '/home/me/house.json' };
  expect(parseHead(head)).toEqual({ ...who, differs: [], issues: [] });
  expect(rest).toBe('');
  const { house, session } = store.getState();
  const heard = unpackState(JSON.parse(state), house, session, 0);
  expect([heard?.at, heard && getRow(heard.readings, 'flow')?.receivedAt]).toEqual([START + 3_000, START]);
});

it('moments go over as times of the day, where the clock was set back meanwhile too', () => {
  const { clock, store, answers } = open();
  clock.setWall(-HOUR);
  const [, state = ''] = (answers(questionLine('1.2.3', like)) ?? '').split('\n');
  const { house, session } = store.getState();
  // Whoever asks was started after that, and has a clock that says what the machine's says.
  const asking = createFakeClock(START - HOUR);
  const heard = unpackState(JSON.parse(state), house, session, eventTimeOf(asking, 0));
  expect([heard?.at, heard && getRow(heard.readings, 'flow')?.receivedAt]).toEqual([START - HOUR, START - HOUR]);
});

it('others get the names of what differs, and nobody an answer to no question', () => {
  const { answers } = open();
  const differs = (line: string) => parseHead(answers(line) ?? '')?.differs;
  const other = answers(questionLine('1.2.3', { ...like, user: 'monitor', acl: '/acl' })) ?? '';
  expect(other.split('\n')).toHaveLength(2);
  expect(differs(questionLine('1.2.3', { ...like, user: 'monitor', acl: '/acl' }))).toEqual(['user', 'acl']);
  expect(differs(questionLine('1.2.4', like))).toEqual(['version']);
  for (const line of ['', 'status', '{}']) expect(answers(line)).toBe(null);
});

it('what others have done is noted, by whichever user of the broker, at a time that is of now', () => {
  const { answers, noted, clock } = open();
  const event: HistoryEvent = {
    ...{ at: clock.wallNow() - 100, type: 'verdict', id: 'pump', severity: 'good' },
    ...{ text: 'Pump on: confirmed\u0007', detail: { verdict: 'confirmed' } },
  };
  const note = (like_: Likeness, event_: HistoryEvent) =>
    parseHead(answers(noteLine('1.2.3', like_, event_)) ?? '')?.differs;
  expect(note({ ...like, user: 'monitor', login: 'xyz', acl: '/acl' }, event)).toEqual([]);
  expect(noted).toEqual([{ ...event, text: 'Pump on: confirmed\ufffd' }]);
  note(like, { ...event, at: 0 });
  expect(noted.at(-1)?.at).toBe(clock.wallNow());
  note(like, { ...event, type: 'recording' });
  expect(note({ ...like, house: 'other' }, event)).toEqual(['house']);
  expect(noted).toHaveLength(2);
});

it('with another house it is like others, and everybody is told what is wrong here', () => {
  const { answers, become, store, clock } = open();
  become({ ...like, house: 'other' });
  const message = 'the disk is full\u0007';
  store.dispatch({ type: 'issue-found', at: clock.now(), issue: { severity: 'warning', message } });
  const head = (asking: Likeness) => parseHead((answers(questionLine('1.2.3', asking)) ?? '').split('\n')[0] ?? '');
  expect(head(like)).toMatchObject({ differs: ['house'], issues: ['the disk is full\ufffd'] });
  expect(head({ ...like, house: 'other' })).toMatchObject({ differs: [] });
});

it('what became of a command that was sent elsewhere is known of the switch, where it can be read', () => {
  const { answers, store, clock } = open();
  const note = (detail: Readonly<Record<string, unknown>>, id: string | null = 'pump') =>
    answers(
      noteLine('1.2.3', like, {
        ...{ at: clock.wallNow(), type: 'verdict', id, severity: 'warning', text: 'Pump on: not confirmed' },
        detail,
      }),
    );
  const verdict = () => getRow(store.getState().switches, 'pump')?.verdict;
  note({ verdict: 'perhaps', target: 'on' });
  note({ verdict: 'not-confirmed' });
  note({ verdict: 'not-confirmed', target: 'on' }, null);
  expect(verdict()).toBeNull();
  note({ verdict: 'not-confirmed', target: 'on' });
  const known = { kind: 'not-confirmed', target: 'on', at: START, detail: 'Pump on: not confirmed' };
  expect(verdict()).toEqual({ ...known, elapsedMs: 0, evidence: null, cure: null });
});
